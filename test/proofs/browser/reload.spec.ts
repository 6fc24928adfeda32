import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Page, Route } from 'playwright-core';
import { untilLoaded, type Visit } from '../../support/browser.ts';
import { accept, composerOf, reply, threadOf, untilLive } from '../../support/desk.ts';
import { expectDraftSentOnce } from '../../support/draft.ts';
import { eventually } from '../../support/eventually.ts';
import { sendSms } from '../../support/phone.ts';
import { readInbox } from '../../support/replies.ts';
import { startSupportDesk, type SupportDesk } from '../../support/support-desk.ts';

let running: SupportDesk;
let visit: Visit;

beforeAll(async () => {
  running = await startSupportDesk();
});
afterAll(() => running.stop());
beforeEach(async () => {
  await visit?.page.context().close();
  visit = await running.openDesk();
});

test('Whoever has begun to edit is asked before it is lost, by a link as by a reload', async () => {
  const { page, complaints } = visit;
  await page.getByRole('link', { name: 'Entry points' }).click();
  await page.getByRole('link', { name: 'Support EN' }).click();
  const name = page.getByRole('textbox', { name: 'Name' });
  await name.click();
  await page.keyboard.type(' half');
  await page.getByText('Not saved yet').waitFor();

  await reloadAsPerson(page);
  await eventually('the question of the browser', () => complaints.includes('Dialog: '));
  expect(await name.inputValue()).toBe('Support EN half');
  const question = page.getByRole('dialog', { name: 'Leave without saving?' });
  await page.getByRole('link', { name: 'Campaigns' }).click();
  await question.getByRole('button', { name: 'Stay here' }).last().click();
  await question.waitFor({ state: 'detached' });
  expect(await name.inputValue()).toBe('Support EN half');

  await page.getByRole('link', { name: 'Campaigns' }).click();
  await question.getByRole('button', { name: 'Discard my changes' }).click();
  await page.getByRole('heading', { name: 'Campaigns', level: 1 }).waitFor();
  await reloadAsPerson(page);
  await page.getByRole('link', { name: 'Support', exact: true }).waitFor();
  expect(complaints).toEqual(['Dialog: ']);
});

test('So is whoever has begun to edit a campaign, also by the way back', async () => {
  const { page, complaints } = visit;
  await page.getByRole('link', { name: 'Campaigns' }).click();
  await page.getByRole('link', { name: 'Support', exact: true }).click();
  const drawer = page.getByRole('dialog', { name: 'Support' });
  await drawer.getByRole('textbox', { name: 'Name' }).click();
  await page.keyboard.type(' half');
  await reloadAsPerson(page);
  await eventually('the question of the browser', () => complaints.includes('Dialog: '));

  const question = page.getByRole('dialog', { name: 'Leave without saving?' });
  for (const leave of [() => page.goBack(), () => drawer.getByRole('button', { name: 'Cancel' }).click()]) {
    await leave();
    await question.getByRole('button', { name: 'Stay here' }).last().click();
    await question.waitFor({ state: 'detached' });
    expect(await drawer.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Support half');
  }
  await drawer.getByRole('button', { name: 'Cancel' }).click();
  await question.getByRole('button', { name: 'Discard my changes' }).click();
  await drawer.waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Support', exact: true }).waitFor();
});

test('What was typed, chosen and looked for is there again, and so is who one is', async () => {
  const customer = '+15005550161';
  const { page, complaints } = visit;
  await sendSms(running.service, { from: customer, body: 'Do you open on Saturdays?' });
  await accept(page, customer);
  await composerOf(page, customer).fill('On Saturdays from');
  await page.getByRole('tab', { name: /^Mine/ }).click();
  await page
    .getByRole('textbox', { name: 'Search in messages' })
    .or(page.getByRole('searchbox'))
    .first()
    .fill('Saturdays');
  await page.waitForURL(/q=Saturdays/);
  await page.getByRole('button', { name: 'Switch to dark colours' }).click();
  await page.getByText('IT', { exact: true }).click();
  await page.getByRole('button', { name: 'Passa ai colori chiari' }).waitFor();

  await page.reload();
  await page.getByRole('textbox', { name: `Rispondi a ${customer}` }).waitFor();
  expect(await page.getByRole('textbox', { name: `Rispondi a ${customer}` }).inputValue()).toBe('On Saturdays from');
  expect(await page.getByRole('searchbox').first().inputValue()).toBe('Saturdays');
  expect(await page.getByRole('tab', { selected: true }).textContent()).toMatch(/^Mie/);
  expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark');
  expect(await page.locator('html').getAttribute('lang')).toBe('it');
  expect(new URL(page.url()).search).toContain('tab=mine');

  await page.goto(`${running.service.url}/entry-points?webhook=set&state=active`);
  await page.getByRole('region', { name: 'Support EN' }).waitFor();
  await page.reload();
  await page.getByRole('region', { name: 'Support EN' }).waitFor();
  await untilLoaded(page);
  expect(await page.getByText('1 di 1').count()).toBe(1);
  expect(complaints).toEqual([]);
});

test('A reply shows once, however late its answer is', async () => {
  const customer = '+15005550166';
  const { page } = visit;
  await sendSms(running.service, { from: customer, body: 'Once?' });
  await accept(page, customer);
  await atReplies(page, async (route) => {
    const answer = await route.fetch();
    // The stream has told of it by then.
    await threadOf(page).getByText('Delivered').waitFor();
    await route.fulfill({ response: answer });
  });
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  const most = await countMost(page, 'Just once.');
  await reply(page, customer, 'Just once.');
  await answered;
  await threadOf(page).getByText('Sending').waitFor({ state: 'detached' });
  expect(await most()).toBe(1);
  expect(await threadOf(page).getByText('Just once.').count()).toBe(1);
});

test('A reply whose answer got lost is found in the thread, and is sent once', async () => {
  const customer = '+15005550167';
  const { page } = visit;
  await sendSms(running.service, { from: customer, body: 'Is it lost?' });
  await accept(page, customer);
  // The service takes it; the way back is cut.
  await atReplies(page, async (route) => {
    await route.fetch();
    await route.abort();
  });
  await reply(page, customer, 'Not at all.');
  await threadOf(page).getByText('Delivered').waitFor();
  await threadOf(page).getByText('Sending').waitFor({ state: 'detached' });
  await page.reload();
  await threadOf(page).getByText('Delivered').waitFor();
  expect(await threadOf(page).getByText('Not at all.').count()).toBe(1);
  expect(await threadOf(page).getByText('No answer yet.').count()).toBe(0);
  expect((await readInbox(running.service, customer)).map(({ body }) => body)).toEqual(['Not at all.']);
});

test('A reply that found no way is kept over a reload, and sent once', async () => {
  const customer = '+15005550162';
  const { page } = visit;
  await sendSms(running.service, { from: customer, body: 'Is it you?' });
  await accept(page, customer);
  const keys: (string | undefined)[] = [];
  await atReplies(page, (route) => {
    keys.push(route.request().headers()['idempotency-key']);
    return route.abort();
  });
  await reply(page, customer, 'It is.');
  await threadOf(page).getByText('No answer yet. Trying again never sends it twice.').waitFor();
  expect(keys.length).toBe(3);

  await page.reload();
  await threadOf(page).getByText('No answer yet. Trying again never sends it twice.').waitFor();
  await page.unroute('**/api/v1/contacts/*/messages');
  const again = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/messages'));
  await threadOf(page).getByRole('button', { name: 'Try again' }).click();
  keys.push((await again).headers()['idempotency-key']);
  await threadOf(page).getByText('No answer yet.').waitFor({ state: 'detached' });
  await threadOf(page).getByText('Delivered').waitFor();
  expect(new Set(keys).size).toBe(1);
  expect(await threadOf(page).getByText('It is.').count()).toBe(1);
  expect((await readInbox(running.service, customer)).map(({ body }) => body)).toEqual(['It is.']);
});

test('A desk that is open while the service is killed says so, comes back by itself and misses nothing', async () => {
  const customer = '+15005550163';
  const { page } = visit;
  await sendSms(running.service, { from: customer, body: 'Before' });
  await accept(page, customer);
  await composerOf(page, customer).fill('I was just writing');
  await running.service.kill();
  await page.getByRole('status').getByText('Not connected').waitFor();
  await threadOf(page).getByText('The service is out of reach.').waitFor();
  expect(await threadOf(page).getByRole('button', { name: /^Send/ }).isDisabled()).toBe(true);

  await running.service.startAgain();
  await sendSms(running.service, { from: customer, body: 'Meanwhile' });
  await sendSms(running.service, { from: '+15005550164', body: 'Somebody else' });
  await untilLive(page);
  await threadOf(page).getByText('Meanwhile', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Accept +15005550164' }).waitFor();
  await expectDraftSentOnce(page, running.service, { customer, draft: 'I was just writing' });
});

test('A stream that a proxy refuses is asked for again', async () => {
  const { page } = visit;
  let refused = 0;
  await page.route('**/api/v1/events/stream', (route) =>
    ++refused < 3 ? route.fulfill({ status: 502, body: 'Bad gateway' }) : route.continue(),
  );
  await page.reload();
  await page.getByRole('status').getByText('Not connected').waitFor();
  await untilLive(page);
  expect(refused).toBe(3);
  await sendSms(running.service, { from: '+15005550165', body: 'Still there?' });
  await page.getByRole('button', { name: 'Accept +15005550165' }).waitFor();
});

/** Does something else with the replies that the page sends. */
async function atReplies(page: Page, handle: (route: Route) => Promise<void>): Promise<void> {
  await page.route('**/api/v1/contacts/*/messages', (route) =>
    route.request().method() === 'POST' ? handle(route) : route.continue(),
  );
}

/** Watches from now on how often a text is in the page. @returns how often it was at most */
async function countMost(page: Page, text: string): Promise<() => Promise<number>> {
  const watcher = await page.evaluateHandle((wanted) => {
    const seen = { most: 0 };
    const count = (): number =>
      [...document.querySelectorAll('[data-direction=outbound]')].filter((each) => each.textContent?.includes(wanted))
        .length;
    new MutationObserver(() => (seen.most = Math.max(seen.most, count()))).observe(document.body, {
      childList: true,
      subtree: true,
      characterData: true,
    });
    return seen;
  }, text);
  return () => watcher.evaluate(({ most }) => most);
}

/** As with the browser's own button; what it asks is answered by the support with staying. */
const reloadAsPerson = (page: Page): Promise<void> =>
  page.evaluate(() => {
    setTimeout(() => location.reload());
  });
