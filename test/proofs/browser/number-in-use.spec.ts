import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { EntryPointPageDto } from '../../../src/entry-points/entry-point.dto.js';
import { signIn } from '../../support/browser.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';
import { expectStatus } from '../../support/factories.ts';
import { buildSettledUser } from '../../support/users.ts';

const TAKEN = '+15005550006';
const FREE = '+390620004000';

let running: TestConsole;

beforeAll(async () => {
  running = await startConsole();
});
afterAll(() => running.stop());

test('The numbers are grouped by who uses them; one that is used here is locked and leads to its entry point', async () => {
  const { page, complaints } = await running.open('/entry-points/new');
  await signIn(page, running.admin);
  const numbers = page.getByRole('listbox', { name: 'Phone number' });
  for (const group of ['Free (2)', 'Used by another system (1)', 'Used here (2)', 'Cannot receive SMS (1)']) {
    await numbers.getByText(group).waitFor();
  }
  for (const number of [TAKEN, '+442079460000']) {
    expect(await numbers.getByRole('option', { name: number }).getAttribute('aria-disabled')).toBe('true');
  }
  // By the keyboard, past all that can be chosen.
  const search = page.getByRole('combobox', { name: 'Search the numbers' });
  await search.fill('Support');
  await search.press('ArrowDown');
  await search.press('Enter');
  await page.getByText('No number is chosen yet.').waitFor();
  await page.getByText(`${TAKEN} is used by another entry point:`).getByRole('link', { name: 'Support EN' }).click();
  await page.getByRole('heading', { name: 'Support EN', level: 1 }).waitFor();
  expect(complaints).toEqual([]);
});

test('Of two admins who give the same number to an entry point at once one is told which one has it', async () => {
  const { api, url, open } = running;
  const names = ['Assistenza', 'Aiuto'];
  const pages = await Promise.all(
    names.map(async () => {
      const user = await buildSettledUser({ api, url }, { role: 'admin' });
      const { page } = await open('/entry-points/new');
      await signIn(page, user);
      return page;
    }),
  );
  const bothHavePressed = Promise.withResolvers<void>();
  let pressed = 0;
  for (const [i, page] of pages.entries()) {
    await page.getByRole('textbox', { name: 'Name' }).fill(names[i]!);
    await page.getByRole('option', { name: FREE }).click();
    await page.route('**/api/v1/entry-points', async (route) => {
      if (route.request().method() === 'POST' && ++pressed === pages.length) bothHavePressed.resolve();
      if (route.request().method() === 'POST') await bothHavePressed.promise;
      await route.continue();
    });
  }
  await Promise.all(pages.map((page) => page.getByRole('button', { name: 'Save', exact: true }).click()));

  const told = await Promise.all(pages.map(outcomeOf));
  expect(told.toSorted()).toEqual(['saved', 'told']);
  const loser = pages[told.indexOf('told')]!;
  const winner = names[told.indexOf('saved')]!;
  await loser.getByRole('alert').getByText(`${FREE} is used by the entry point "${winner}".`).waitFor();
  expect(await loser.getByRole('textbox', { name: 'Name' }).inputValue()).toBe(names[told.indexOf('told')]);
  // The list knows by now, too.
  await loser.getByRole('option', { name: FREE }).getByText(`Used by ${winner}`).waitFor();
  const { data } = expectStatus(await api.get<EntryPointPageDto>('entry-points'), 200);
  expect(data.filter(({ phoneNumber }) => phoneNumber === FREE).map(({ name }) => name)).toEqual([winner]);
});

async function outcomeOf(page: Page): Promise<'saved' | 'told'> {
  const told = page.getByRole('alert').getByText('is used by the entry point');
  await told
    .or(page.getByRole('heading', { name: 'Entry points', level: 1 }))
    .first()
    .waitFor();
  return (await told.isVisible()) ? 'told' : 'saved';
}
