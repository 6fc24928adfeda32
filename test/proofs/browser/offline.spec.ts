import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { signIn, type Visit } from '../../support/browser.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';
import { accept, composerOf, reply, threadOf, untilLive } from '../../support/desk.ts';
import { expectDraftSentOnce } from '../../support/draft.ts';
import { sendSms } from '../../support/phone.ts';
import { readInbox } from '../../support/replies.ts';

let running: TestConsole;
let visit: Visit;

beforeAll(async () => {
  running = await startConsole();
  visit = await running.open('/desk');
  await signIn(visit.page, running.admin);
});
afterAll(() => running.stop());

test('Without a network the desk says so, keeps what was typed and sends nothing; with it, it is up to date again', async () => {
  const customer = '+15005550171';
  const { page } = visit;
  await untilLive(page);
  await sendSms(running, { from: customer, body: 'Hello?' });
  await accept(page, customer);
  await composerOf(page, customer).fill('Good morning');

  await page.context().setOffline(true);
  await page.getByRole('status').getByText('Not connected').waitFor();
  await threadOf(page).getByText('What you write stays here; you can send it once the connection is back.').waitFor();
  await composerOf(page, customer).press('Control+Enter');
  expect(await threadOf(page).getByRole('button', { name: /^Send/ }).isDisabled()).toBe(true);
  expect(await composerOf(page, customer).inputValue()).toBe('Good morning');
  await sendSms(running, { from: customer, body: 'Are you there?' });
  await sendSms(running, { from: '+15005550172', body: 'I came meanwhile' });
  expect(await threadOf(page).getByText('Are you there?').count()).toBe(0);

  await page.context().setOffline(false);
  await untilLive(page);
  await threadOf(page).getByText('Are you there?', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Accept +15005550172' }).waitFor();
  await expectDraftSentOnce(page, running, { customer, draft: 'Good morning' });
});

test('A reply that was on its way when the network went is tried again, and arrives once', async () => {
  const customer = '+15005550173';
  const { page } = visit;
  await untilLive(page);
  await sendSms(running, { from: customer, body: 'When?' });
  await accept(page, customer);
  const keys: (string | undefined)[] = [];
  await page.route('**/api/v1/contacts/*/messages', async (route) => {
    const request = route.request();
    if (request.method() !== 'POST') return route.continue();
    keys.push(request.headers()['idempotency-key']);
    if (keys.length > 1) return route.continue();
    // It arrives, but its answer, and word of it on the stream, come back to a computer without a network.
    await page.context().setOffline(true);
    await route.fetch();
    await route.abort('internetdisconnected');
  });
  await reply(page, customer, 'At noon.');
  await page.getByRole('status').getByText('Not connected').waitFor();
  await threadOf(page).getByText('At noon.').waitFor();
  await page.context().setOffline(false);
  await untilLive(page);
  const again = threadOf(page).getByRole('button', { name: 'Try again' });
  await threadOf(page).getByText('Delivered').or(again).first().waitFor();
  if (await again.isVisible()) await again.click();
  await threadOf(page).getByText('Delivered').waitFor();
  await again.waitFor({ state: 'detached' });
  expect(new Set(keys).size).toBe(1);
  expect((await readInbox(running, customer)).map(({ body }) => body)).toEqual(['At noon.']);
});
