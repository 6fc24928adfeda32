import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Locator, Page, Request } from 'playwright-core';
import type { UserPageDto } from '../../../src/access/user.dto.js';
import type { ContactDto } from '../../../src/contacts/contact.dto.js';
import { signIn, type Visit } from '../../support/browser.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';
import { untilLive } from '../../support/desk.ts';
import { eventually } from '../../support/eventually.ts';
import { expectStatus } from '../../support/factories.ts';
import { insertLongThread, insertWaitingContacts } from '../../support/long-lists.ts';
import { readPages } from '../../support/pages.ts';
import { openDirectly } from '../../support/postgres.ts';

const CONTACTS = 10_000;
const MESSAGES = 5_000;
const MAX_ROWS = 200;
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
    await collect(list, 'contacts');
    await scroll(page, list, 1_800, async () => (await lastOf(list)) === CONTACTS);
    await page.getByText('Text 1', { exact: true }).waitFor();

    const seen = await collected(page);
    const inOrder = (await readPages<ContactDto>(running.api, 'contacts?state=waiting&limit=100')).flat();
    expect(seen.conflicts).toEqual([]);
    expect(seen.keys).toEqual(inOrder.map(({ id }) => id));
    expect(seen.mostRows).toBeLessThan(MAX_ROWS);
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
    await collect(messages.getByRole('list'), 'messages');
    await scroll(page, messages, -1_400, () =>
      page.getByText('Message 1 and more', { exact: false }).first().isVisible(),
    );

    const seen = await collected(page);
    const numbers = seen.keys.map((text) => Number(/^Message (\d+)/.exec(text)?.[1]));
    expect(numbers).toEqual(Array.from({ length: MESSAGES }, (_, i) => i + 1));
    expect(seen.conflicts).toEqual([]);
    expect(seen.mostRows).toBeLessThan(MAX_ROWS);
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
  const first = await eventually('what stands there', async () => (await firstInSight()) || null);
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
  /** By place. */
  keys: string[];
  /** Two rows in one place, or one row in two; rows with a gap between them. */
  conflicts: string[];
  mostRows: number;
}

/** Notes every row that is in the page at any frame: contacts by their place in the list, messages by their number. */
async function collect(list: Locator, what: 'contacts' | 'messages'): Promise<void> {
  await list.evaluate((element, wanted) => {
    const found: Collection = { keys: [], conflicts: [], mostRows: 0 };
    const placeOf = new Map<string, number>();
    const look = (): void => {
      const rows = [...element.querySelectorAll('li')];
      found.mostRows = Math.max(found.mostRows, rows.length);
      const places: number[] = [];
      for (const row of rows) {
        const text = row.querySelector('p[dir=auto]')?.textContent ?? '';
        const key = wanted === 'contacts' ? row.dataset['contact']! : text;
        const place = Number(wanted === 'contacts' ? row.ariaPosInSet : /^Message (\d+)/.exec(text)?.[1]);
        // A day, or the line that reads older ones.
        if (!place) continue;
        places.push(place);
        if ((placeOf.get(key) ?? place) !== place) found.conflicts.push(`${key} at ${placeOf.get(key)} and ${place}`);
        if ((found.keys[place - 1] ?? key) !== key) found.conflicts.push(`two at ${place}`);
        placeOf.set(key, place);
        found.keys[place - 1] = key;
      }
      places.sort((one, other) => one - other);
      if (places.some((place, i) => i > 0 && place !== places[i - 1]! + 1)) found.conflicts.push(places.join(' '));
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
