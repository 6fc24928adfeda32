import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { findOverflows, findViolations, NARROW, signIn, untilLoaded, type Visit } from '../../support/browser.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';
import { untilLive } from '../../support/desk.ts';
import { eventually } from '../../support/eventually.ts';
import { sendSms } from '../../support/phone.ts';
import { buildSettledUser } from '../../support/users.ts';

const CUSTOMER = '+15005550191';

let running: TestConsole;
let visit: Visit;

beforeAll(async () => {
  running = await startConsole();
  await sendSms(running, { from: CUSTOMER, body: 'My umbrella is broken' });
});
afterAll(() => running.stop());
beforeEach(async () => {
  await visit?.page.context().close();
  visit = await running.open('/welcome');
  await signIn(visit.page, running.admin);
  await untilLive(visit.page);
});

test('leads to every screen, to entry points and to contacts, by keys alone', async () => {
  const { page, complaints } = visit;
  await choose(page, 'camp', 'Campaigns');
  await page.waitForURL(/\/campaigns$/);
  await choose(page, 'support en', 'Support EN');
  await page.waitForURL(/\/entry-points\/[0-9a-f-]{36}$/);
  for (const typed of ['broken umbrella', CUSTOMER, '1 500 555 0191']) {
    await choose(page, 'start', 'Start');
    await choose(page, typed, CUSTOMER);
    await page.waitForURL(/\/desk\/[0-9a-f-]{36}$/);
  }
  await choose(page, 'new entry', 'New entry point');
  await page.waitForURL(/\/entry-points\/new$/);
  expect(complaints).toEqual([]);
});

test('does what one can do anywhere', async () => {
  const { page, complaints } = visit;
  await choose(page, 'dark', 'Switch to dark colours');
  await page.locator('html[data-mantine-color-scheme=dark]').waitFor();
  await choose(page, 'ital', 'italiano');
  await page.locator('html[lang=it]').waitFor();
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Ricerca e comandi' });
  await palette.getByRole('textbox', { name: 'Vai, fai o trova …' }).fill('english');
  await palette.getByRole('status').filter({ hasText: 'English' }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('html[lang=en]').waitFor();

  await choose(page, 'disable all', 'Disable all entry points');
  const question = page.getByRole('dialog', { name: 'Disable all entry points?' });
  await question.getByText(/^\d+ entry points? stops? offering/).waitFor();
  await question.getByRole('button', { name: 'Disable all' }).press('Enter');
  await page.getByText('All entry points are disabled.').waitFor();
  await question.waitFor({ state: 'detached' });
  await choose(page, 'enable all', 'Enable all entry points again');
  await page.getByText('All entry points are disabled.').waitFor({ state: 'detached' });

  await choose(page, 'sign out', 'Sign out');
  await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
  expect(complaints).toEqual([]);
});

test('opens while one types, chooses by the arrows, says when nothing fits, and gives the focus back', async () => {
  const { page, complaints } = visit;
  await page.goto(`${running.url}/entry-points`);
  await page.getByRole('searchbox').first().focus();
  await open(page);
  await untilChosen(page, 'Start');
  await page.keyboard.press('ArrowDown');
  await untilChosen(page, 'Entry points');
  await page.keyboard.press('ArrowUp');
  await untilChosen(page, 'Start');
  await page.keyboard.type('zzz nothing');
  await paletteOf(page).getByText('Nothing fits.').waitFor();
  await page.keyboard.press('Escape');
  await paletteOf(page).waitFor({ state: 'detached' });
  await page.locator('input[type=search]:focus').waitFor();
  await page.keyboard.press('Control+k');
  await paletteOf(page).waitFor();
  await page.keyboard.press('Control+k');
  await paletteOf(page).waitFor({ state: 'detached' });
  expect(complaints).toEqual([]);
});

test('is named by the sheet of keys, which opens on every screen', async () => {
  const { page, complaints } = visit;
  for (const screen of ['/health-report', '/desk']) {
    await page.goto(running.url + screen);
    await untilLoaded(page);
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keys', exact: true });
    await sheet.getByRole('row', { name: 'Ctrl K Search and commands' }).waitFor();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
  }
  await choose(page, 'show the keys', 'Show the keys');
  await page.getByRole('dialog', { name: 'Keys', exact: true }).waitFor();
  expect(complaints).toEqual([]);
});

test('offers agents what is theirs', async () => {
  const agent = await buildSettledUser({ api: running.api, url: running.url }, { role: 'agent' });
  const { page } = await running.open('/desk');
  await signIn(page, agent);
  await page.getByRole('button', { name: 'Search and commands' }).click();
  await untilChosen(page, 'Agent desk');
  const offered = await paletteOf(page).locator('[data-action]').allTextContents();
  expect(offered.filter((each) => /Entry|Campaigns|Settings|Health|Disable/.test(each))).toEqual([]);
  await page.context().close();
});

test.each(['light', 'dark'] as const)('keeps WCAG 2.2 AA in %s colours, and fits a phone', async (colorScheme) => {
  const { page } = visit;
  await page.emulateMedia({ colorScheme });
  await open(page);
  await untilChosen(page, 'Start');
  expect(await findViolations(page)).toEqual([]);
  await page.keyboard.type('en');
  await paletteOf(page).getByText('Support EN').waitFor();
  expect(await findViolations(page)).toEqual([]);
  await page.setViewportSize(NARROW);
  await eventually('room for all of it', async () => (await findOverflows(page)).length === 0);
  await page.keyboard.press('Escape');
  await paletteOf(page).waitFor({ state: 'detached' });
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys', exact: true }).waitFor();
  expect(await findViolations(page)).toEqual([]);
});

const paletteOf = (page: Page): Locator => page.getByRole('dialog', { name: 'Search and commands' });

async function open(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.locator('[role=dialog] input:focus').waitFor();
}

const untilChosen = (page: Page, label: string): Promise<void> =>
  paletteOf(page).getByRole('status').getByText(label, { exact: true }).waitFor({ state: 'attached' });

/** Opens it, types, and takes what is chosen by then. */
async function choose(page: Page, typed: string, label: string): Promise<void> {
  await open(page);
  await page.keyboard.type(typed);
  await untilChosen(page, label);
  await page.keyboard.press('Enter');
  await paletteOf(page).waitFor({ state: 'detached' });
}
