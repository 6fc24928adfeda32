import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { EntryPointPageDto } from '../../../src/entry-points/entry-point.dto.js';
import { signIn, type Visit } from '../../support/browser.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';
import { eventually } from '../../support/eventually.ts';
import { expectStatus } from '../../support/factories.ts';
import { TwilioConsole } from '../../support/twilio-console.ts';

const ENGLISH = '+15005550006';

let running: TestConsole;
let twilio: TwilioConsole;
let visit: Visit;
let ours: string;

beforeAll(async () => {
  running = await startConsole({ WEBHOOK_CHECK_MINUTES: '0.02', SWEEP_SECONDS: '1' });
  twilio = new TwilioConsole(running);
  const { data } = expectStatus(await running.api.get<EntryPointPageDto>('entry-points'), 200);
  ours = data.find(({ phoneNumber }) => phoneNumber === ENGLISH)!.webhookUrl;
  visit = await running.open('/entry-points');
  await signIn(visit.page, running.admin);
});
afterAll(() => running.stop());

beforeEach(async () => {
  await twilio.call('PUT', 'trouble', {});
  await twilio.changeNumber(ENGLISH, { smsUrl: ours, smsApplicationSid: '', messagingServiceSid: null });
  await visit.page.goto(`${running.url}/entry-points`);
  await visit.page.getByRole('region', { name: 'Support EN' }).getByText('Webhook set').waitFor();
});

test.each<[string, string, RegExp, () => Promise<object>]>([
  [
    'a Messaging Service',
    'Overridden by a Messaging Service',
    /“Campaigns” \(MG[0-9a-f]{32}\) takes the SMS of this number.*Defer to sender/,
    async () => {
      const given = { friendlyName: 'Campaigns', useInboundWebhookOnNumber: false };
      return { messagingServiceSid: await twilio.addMessagingService(given) };
    },
  ],
  [
    'a TwiML application',
    'Overridden by a TwiML app',
    /The TwiML app AP[0-9a-f]{32} takes the SMS of this number.*Set the webhook/,
    async () => ({ smsApplicationSid: await twilio.addApplication() }),
  ],
  [
    'another URL',
    'Changed in Twilio',
    /posts the SMS of this number to https:\/\/crm\.example\.com\/sms \(POST\).*Set the webhook/,
    () => Promise.resolve({ smsUrl: 'https://crm.example.com/sms' }),
  ],
])(
  '%s that takes the SMS away shows on the open board, and the editor says what to do',
  async (_, badge, why, drift) => {
    const { page, complaints } = visit;
    await twilio.changeNumber(ENGLISH, await drift());
    const card = page.getByRole('region', { name: 'Support EN' });
    await card.getByText(badge).waitFor();

    await page.getByRole('button', { name: '1 needs attention' }).click();
    await page.getByText('1 of 2').waitFor();
    await card.getByRole('link', { name: 'Support EN' }).click();
    await page.getByText(why).waitFor();
    expect(complaints).toEqual([]);
  },
);

test('While Twilio is out of reach the board says so, and since when; then it is as it was', async () => {
  const { page, complaints } = visit;
  await twilio.makeTrouble({ rest: [{ status: 503, times: 1_000 }] });
  const card = page.getByRole('region', { name: 'Support EN' });
  await card.getByText(/^Twilio not reachable \(asked .+\)$/).waitFor();
  await twilio.makeTrouble({});
  await card.getByText('Webhook set').waitFor();
  expect(complaints).toEqual([]);
});

test('The full URL, and when it was checked, are told where the pointer rests', async () => {
  const { page } = visit;
  await page.getByRole('region', { name: 'Support EN' }).getByText('Webhook set').hover();
  const tooltip = await page.getByRole('tooltip').textContent();
  expect(tooltip).toContain(ours);
  expect(tooltip).toMatch(/checked: (now|\d+ seconds? ago)/);
});

test('An empty board offers a demo entry point, which works', async () => {
  const { page, complaints } = visit;
  const { data } = expectStatus(await running.api.get<EntryPointPageDto>('entry-points'), 200);
  for (const { id } of data) expectStatus(await running.api.delete(`entry-points/${id}`), 204);
  await page.getByText('No entry points yet').waitFor();
  await page.getByRole('button', { name: 'Create a demo one' }).click();
  await page.getByRole('region', { name: 'Demo' }).getByText('Webhook set').waitFor();
  const made = await eventually('the entry point', async () => {
    const answer = await running.api.get<EntryPointPageDto>('entry-points');
    return expectStatus(answer, 200).data[0];
  });
  expect(made).toMatchObject({ name: 'Demo', enabled: true, webhook: { state: 'set' } });
  expect(complaints).toEqual([]);
});
