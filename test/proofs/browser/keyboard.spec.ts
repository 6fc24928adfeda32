import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { ContactPageDto } from '../../../src/contacts/contact.dto.js';
import { openPage, type Visit } from '../../support/browser.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';
import { composerOf, threadOf, untilLive } from '../../support/desk.ts';
import { eventually } from '../../support/eventually.ts';
import { expectStatus } from '../../support/factories.ts';
import { sendSms } from '../../support/phone.ts';
import { readInbox } from '../../support/replies.ts';

/** The last one that texts stands first in the list. */
const CUSTOMERS = ['+15005550183', '+15005550182', '+15005550181'] as const;

/** What has the focus when nothing has. */
const PAGE = 'the page itself';

let running: TestConsole;
let visit: Visit;

beforeAll(async () => {
  running = await startConsole();
  for (const from of CUSTOMERS.toReversed()) {
    await sendSms(running, { from, body: `I am ${from}` });
    await eventually(`the contact of ${from}`, async () => (await contactOf(from)) !== undefined);
  }
  visit = await running.open('/desk');
});
afterAll(() => running.stop());

test('The desk needs no mouse, from the sign-in to the close', async () => {
  const { page, complaints } = visit;
  const { keyboard } = page;
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  await tabTo(page, 'E-mail address');
  await keyboard.type(running.admin.email);
  await tabTo(page, 'Password');
  await keyboard.type(running.admin.password);
  await keyboard.press('Enter');
  await untilLive(page);
  await page.getByRole('link', { name: CUSTOMERS[0] }).waitFor();

  // The first stop of every screen leads past what they have in common.
  await tabTo(page, 'Skip to the content', 1);
  await keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN');

  for (const [key, customer] of [
    ['j', CUSTOMERS[0]],
    ['j', CUSTOMERS[1]],
    ['j', CUSTOMERS[2]],
    ['k', CUSTOMERS[1]],
  ] as const) {
    await keyboard.press(key);
    await untilFocused(page, `the row of ${customer}`, `a:has(bdi:has-text("${customer}"))`);
  }
  const [, customer] = CUSTOMERS;
  await keyboard.press('a');
  await untilFocused(page, 'the composer', `[aria-label="Reply to ${customer}"]`);
  expect(await contactOf(customer)).toMatchObject({ state: 'active' });

  // Single keys are letters here.
  await keyboard.type('jake? are you there');
  expect(await composerOf(page, customer).inputValue()).toBe('jake? are you there');
  await keyboard.press('Control+Enter');
  await threadOf(page).getByText('Delivered').waitFor();
  expect((await readInbox(running, customer)).map(({ body }) => body)).toEqual(['jake? are you there']);
  await untilFocused(page, 'the composer', `[aria-label="Reply to ${customer}"]`);

  await keyboard.press('Escape');
  await untilFocused(page, 'the messages', `[aria-label="Messages with ${customer}"]`);
  await keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keys', exact: true });
  await help.waitFor();
  await keyboard.press('Escape');
  await help.waitFor({ state: 'detached' });
  await untilFocused(page, 'the messages', `[aria-label="Messages with ${customer}"]`);

  await keyboard.press('t');
  const transfer = page.getByRole('dialog', { name: 'Transfer this contact' });
  await transfer.waitFor();
  await keyboard.press('Escape');
  await transfer.waitFor({ state: 'detached' });
  await keyboard.press('n');
  await untilFocused(page, 'the note', '[aria-label="Write a note"]');
  await keyboard.type('Called twice');
  await keyboard.press('Control+Enter');
  await page.getByRole('region', { name: 'Details' }).getByText('Called twice').waitFor();
  await keyboard.press('Escape');
  await keyboard.press('r');
  await untilFocused(page, 'the composer', `[aria-label="Reply to ${customer}"]`);
  await keyboard.press('Escape');
  await keyboard.press('e');
  await threadOf(page).getByText('This contact is closed.').waitFor();
  expect(await contactOf(customer)).toMatchObject({ state: 'closed' });

  // Back in the list, where its row is gone by now.
  await keyboard.press('Escape');
  await page.getByText('No contact is open').waitFor();
  await keyboard.press('j');
  await untilFocused(page, 'a row', '[data-contact] a');
  await keyboard.press('Enter');
  await page.waitForURL(/\/desk\/[0-9a-f-]{36}/);
  await threadOf(page)
    .getByRole('button', { name: /^Accept/ })
    .waitFor();
  await keyboard.press('Escape');
  await untilFocused(page, 'the row it was opened from', '[data-contact] a');
  expect(complaints).toEqual([]);
});

test('Tab leads through all of the desk, is always to be seen, and is caught nowhere', async () => {
  const { page } = await openPage(visit.page.context().browser()!, {
    storageState: await visit.page.context().storageState(),
  });
  await page.goto(`${running.url}/desk`);
  await page.getByRole('button', { name: `Accept ${CUSTOMERS[0]}` }).click();
  await composerOf(page, CUSTOMERS[0]).waitFor();
  // As it is right after the page was loaded.
  await page.reload();
  await composerOf(page, CUSTOMERS[0]).waitFor();
  await page.getByRole('region', { name: `Messages with ${CUSTOMERS[0]}` }).waitFor();
  const stops: string[] = [];
  const unseen: string[] = [];
  for (;;) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(describeFocus);
    if (stop.name === stops[0] || stops.length > 150) break;
    stops.push(stop.name);
    // Past the last stop the browser itself has it.
    if (!stop.isSeen && stop.name !== PAGE) unseen.push(stop.name);
  }
  expect(unseen).toEqual([]);
  expect(stops[0]).toContain('Skip to the content');
  for (const wanted of [
    'Your account',
    'Settings',
    'Search in messages',
    'Close',
    'Messages with',
    'Reply to',
    'Write a note',
    'Add a tag',
  ]) {
    expect(stops).toContainEqual(expect.stringContaining(wanted));
  }
  // Of the rows of a list one is a stop, however many there are.
  expect(stops.filter((stop) => stop.includes('I am +1500')).length).toBeLessThanOrEqual(1);
  expect(stops.length).toBeLessThan(80);
});

/** Tab, until what is called so has the focus, and that can be seen. */
async function tabTo(page: Page, name: string, most = 5): Promise<void> {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(describeFocus);
    if (!stop.name.includes(name)) continue;
    expect(stop).toMatchObject({ isSeen: true });
    return;
  }
  throw new Error(`${most} times Tab do not lead to ${name}.`);
}

async function untilFocused(page: Page, what: string, selector: string): Promise<void> {
  await eventually(`the focus on ${what}`, async () => (await page.locator(`${selector}:focus`).count()) > 0);
  expect(await page.evaluate(describeFocus)).toMatchObject({ isSeen: true });
}

/** In the page: what has the focus, by its name, and whether one sees that it has. */
function describeFocus(): { name: string; isSeen: boolean } {
  const element = document.activeElement ?? document.body;
  if (element === document.body) return { name: 'the page itself', isSeen: false };
  const { labels } = element as HTMLInputElement;
  const name = [
    element.tagName,
    element.getAttribute('aria-label') ?? labels?.[0]?.textContent ?? element.textContent ?? '',
    element.getAttribute('placeholder') ?? '',
  ].join(' ');
  const { parentElement: parent, nextElementSibling: next } = element;
  // Some show it by their border, or by what is around or beside them.
  const shown = [element, next, parent, parent?.parentElement, parent?.parentElement?.parentElement].some((each) => {
    if (!each || each === document.body) return false;
    for (const transition of each.getAnimations()) transition.finish();
    const without = each.cloneNode() as Element;
    each.after(without);
    const [now, unfocused] = [each, without].map((one) => {
      const { outlineStyle, outlineWidth, boxShadow, borderColor } = getComputedStyle(one);
      return `${outlineStyle === 'none' ? '0px' : outlineWidth} ${boxShadow} ${borderColor}`;
    });
    without.remove();
    const { width, top, bottom } = each.getBoundingClientRect();
    return now !== unfocused && width > 0 && bottom > 0 && top < innerHeight;
  });
  return { name, isSeen: shown };
}

async function contactOf(customer: string) {
  const path = `contacts?customer=${encodeURIComponent(customer)}`;
  return expectStatus(await running.api.get<ContactPageDto>(path), 200).data[0];
}
