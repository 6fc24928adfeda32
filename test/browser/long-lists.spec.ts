import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Locator, Page, Request } from 'playwright-core';
import type { UserPageDto } from '../../src/access/user.dto.js';
import type { ContactDto } from '../../src/contacts/contact.dto.js';
import { signIn, type Visit } from '../support/browser.ts';
import { startConsole, type TestConsole } from '../support/console.ts';
import { untilLive } from '../support/desk.ts';
import { eventually } from '../support/eventually.ts';
import { expectStatus } from '../support/factories.ts';
import { insertLongThread, insertWaitingContacts } from '../support/long-lists.ts';
import { readPages } from '../support/pages.ts';
import { openDirectly } from '../support/postgres.ts';

const CONTACTS = 10_000;
const MESSAGES = 5_000;
const MOST_ROWS = 200;
/** On a machine that is busy with other things. */
const SCROLLING_MS = 240_000;

let running: TestConsole;
let visit: Visit;
let threadId: string;
let asked: URL[];

beforeAll(async () => {
  running = await startConsole();
  const { data: users } = expectStatus(await running.api.get<UserPageDto>('users'), 200);
  const database = await openDirectly(running.databaseUrl);
  await insertWaitingContacts(database, CONTACTS);
  threadId = await insertLongThread(database, MESSAGES, users[0]!.id);
  await database.close();
  visit = await running.open('/docs');
  await visit.page.goto(`${running.url}/desk`);
  await signIn(visit.page, running.admin);
  visit.page.on('request', (request: Request) => asked.push(new URL(request.url())));
});
afterAll(() => running.stop());
beforeEach(() => {
  asked = [];
});

test(
  `${CONTACTS} contacts scroll to the last one, page by page, none twice and none missing`,
  async () => {
    const { page, complaints } = visit;
    await page.goto(`${running.url}/desk`);
    await untilLive(page);
    await page.getByText(`Text ${CONTACTS}`, { exact: true }).waitFor();
    const list = page.getByRole('region', { name: 'Contacts', exact: true }).getByRole('list');
    await collect(list, 'data-contact');
    await scroll(page, list, 1_800, async () => (await lastOf(list)) === CONTACTS);
    await page.getByText('Text 1', { exact: true }).waitFor();

    const seen = await collected(page);
    const inOrder = (await readPages<ContactDto>(running.api, 'contacts?state=waiting&limit=100')).flat();
    expect(seen.conflicts).toEqual([]);
    expect(seen.keys).toEqual(inOrder.map(({ id }) => id));
    expect(seen.mostRows).toBeLessThan(MOST_ROWS);
    expectSmallPages(/\/api\/v1\/contacts$/, CONTACTS);

    const last = inOrder.at(-1)!;
    const before = inOrder.at(-2)!;
    await page.locator(`[data-contact="${last.id}"] a`).focus();
    for (const [key, { id }] of [
      ['k', before],
      ['j', last],
      ['j', last],
    ] as const) {
      await page.keyboard.press(key);
      await eventually(
        `${key} at the end`,
        async () => (await page.locator(`[data-contact="${id}"] a:focus`).count()) > 0,
      );
    }
    expect(complaints).toEqual([]);
  },
  2 * SCROLLING_MS,
);

test(
  `A thread of ${MESSAGES} messages opens at its end and scrolls back to its beginning, none twice and none missing`,
  async () => {
    const { page, complaints } = visit;
    await page.goto(`${running.url}/desk/${threadId}`);
    await page
      .getByText(new RegExp(`^Message ${MESSAGES}\\b`))
      .first()
      .waitFor();
    const messages = page.getByRole('region', { name: 'Messages with +15005550191' });
    await collect(messages.getByRole('list'), 'p[dir=auto]');
    await scroll(page, messages, -1_400, () =>
      page.getByText('Message 1 and more', { exact: false }).first().isVisible(),
    );

    const seen = await collected(page);
    const numbers = seen.keys.map((text) => Number(/^Message (\d+)/.exec(text)?.[1]));
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: MESSAGES }, (_, i) => i + 1));
    expect(seen.conflicts).toEqual([]);
    expect(seen.mostRows).toBeLessThan(MOST_ROWS);
    expectSmallPages(/\/api\/v1\/contacts\/[^/]+\/messages$/, MESSAGES);
    expect(complaints).toEqual([]);
  },
  2 * SCROLLING_MS,
);

test('A thread stays where one reads while older messages are still on their way, also at its very top', async () => {
  const { page, complaints } = visit;
  await page.goto(`${running.url}/desk/${threadId}`);
  const last = page.getByText(new RegExp(`^Message ${MESSAGES}\\b`)).first();
  await last.waitFor();
  const messages = page.getByRole('region', { name: 'Messages with +15005550191' });
  const firstInSight = (): Promise<number> =>
    messages.evaluate((element) => {
      const top = element.getBoundingClientRect().top;
      const texts = [...element.querySelectorAll('p[dir=auto]')];
      const first = texts.find((text) => text.getBoundingClientRect().bottom > top);
      return Number(/^Message (\d+)/.exec(first?.textContent ?? '')?.[1]);
    });
  const goOn = Promise.withResolvers<void>();
  let read = 0;
  await page.route('**/messages?*', async (route) => {
    await goOn.promise;
    await route.continue();
    read++;
  });
  await messages.focus();
  await page.keyboard.press('Home');
  await eventually('the top', () => messages.evaluate((element) => element.scrollTop < 60));
  const first = await eventually('what stands there', firstInSight);
  goOn.resolve();
  await eventually('older messages above it', () => messages.evaluate((element) => element.scrollTop > 3_000));
  await page.waitForLoadState('networkidle');
  expect(Math.abs((await firstInSight()) - first)).toBeLessThan(4);
  expect(read).toBeLessThan(4);

  await page.keyboard.press('End');
  await eventually('the last message', () => last.isVisible());
  await page.unroute('**/messages?*');
  expect(complaints).toEqual([]);
});

interface Collection {
  /** By place in the list, where that is known. */
  keys: string[];
  /** Two rows in one place, or one row in two; rows that stand in another order than their places. */
  conflicts: string[];
  mostRows: number;
}

/** Notes every row that is in the page at any frame. For a selector, the rows' texts in the order they came. */
async function collect(list: Locator, what: 'data-contact' | 'p[dir=auto]'): Promise<void> {
  await list.evaluate((element, wanted) => {
    const places = new Map<string, number>();
    const found: Collection = { keys: [], conflicts: [], mostRows: 0 };
    const look = (): void => {
      const rows = [...element.querySelectorAll('li')];
      found.mostRows = Math.max(found.mostRows, rows.length);
      const numbers: number[] = [];
      for (const row of rows) {
        const key =
          row.getAttribute(wanted.includes('[') ? 'data-none' : wanted) ?? row.querySelector(wanted)?.textContent;
        if (typeof key !== 'string') continue;
        if (wanted.includes('[')) {
          numbers.push(Number(/^Message (\d+)/.exec(key)?.[1]));
          if (!places.has(key)) found.keys.push(key);
          places.set(key, 0);
          continue;
        }
        const place = Number(row.getAttribute('aria-posinset'));
        if ((places.get(key) ?? place) !== place) found.conflicts.push(`${key} at ${places.get(key)} and ${place}`);
        if (found.keys[place - 1] !== undefined && found.keys[place - 1] !== key)
          found.conflicts.push(`two at ${place}`);
        places.set(key, place);
        found.keys[place - 1] = key;
      }
      numbers.sort((a, b) => a - b);
      if (numbers.some((number, i) => i > 0 && number !== numbers[i - 1]! + 1)) found.conflicts.push(numbers.join(' '));
      requestAnimationFrame(look);
    };
    look();
    Object.assign(window, { collection: found });
  }, what);
}

const collected = (page: Page): Promise<Collection> =>
  page.evaluate(() => (window as unknown as { collection: Collection }).collection);

/** Turns the wheel over a list, a step each time that it has been drawn, until it is done. */
async function scroll(page: Page, list: Locator, step: number, isDone: () => Promise<boolean>): Promise<void> {
  const box = (await list.boundingBox())!;
  await page.mouse.move(box.x + 60, Math.max(box.y, 0) + 200);
  const deadline = performance.now() + SCROLLING_MS;
  while (!(await isDone())) {
    if (performance.now() > deadline) throw new Error('The list does not come to its end.');
    await page.mouse.wheel(0, step);
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  }
}

const lastOf = async (list: Locator): Promise<number> =>
  Number(await list.locator('li').last().getAttribute('aria-posinset'));

/** No request asks for more than a hundred rows, and none is asked for again. */
function expectSmallPages(path: RegExp, rows: number): void {
  const pages = asked.filter(({ pathname }) => path.test(pathname));
  expect(pages.filter(({ searchParams }) => !(Number(searchParams.get('limit')) <= 100))).toEqual([]);
  expect(pages.length).toBeGreaterThanOrEqual(rows / 100);
  expect(pages.length).toBeLessThan(rows / 100 + 5);
}
