import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { findViolations, signIn, untilLoaded, type Visit } from '../../support/browser.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';
import { composerOf } from '../../support/desk.ts';
import { eventually } from '../../support/eventually.ts';
import { expectStatus } from '../../support/factories.ts';
import { sendSms } from '../../support/phone.ts';
import { TwilioConsole } from '../../support/twilio-console.ts';
import { buildSettledUser, type KnownUser } from '../../support/users.ts';

const CUSTOMER = '+15005550171';

let running: TestConsole;
let visit: Visit;
let agent: KnownUser;

beforeAll(async () => {
  running = await startConsole();
  visit = await running.open('/desk', { permissions: ['notifications'] });
  agent = await buildSettledUser(running);
  await signIn(visit.page, agent);
});
afterAll(() => running.stop());

test.each([
  ['/settings', 'Settings'],
  ['/settings?tab=users', 'Settings'],
  ['/entry-points', 'Entry points'],
  ['/entry-points/new', 'Entry points'],
  ['/campaigns', 'Campaigns'],
  ['/activity', 'Activity'],
  ['/health-report', 'Health'],
])('An agent who opens %s is told whose it is, and led back to the desk', async (path, title) => {
  const { page, complaints } = visit;
  await page.goto(running.url + path);
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  await page.getByText('Only admins can open this').waitFor();
  await untilLoaded(page);
  expect(await findViolations(page)).toEqual([]);
  await page.getByRole('link', { name: 'To the agent desk' }).click();
  await page.getByRole('region', { name: 'Contacts' }).waitFor();
  expect(complaints).toEqual([]);
});

test('An agent begins at the desk', async () => {
  const { page } = visit;
  await page.goto(running.url);
  await page.waitForURL('**/desk');
  await page.getByRole('region', { name: 'Contacts' }).waitFor();
  expect(await page.getByText('Only admins can open this').count()).toBe(0);
});

test('Notifications are off until an agent wants them, and name nobody', async () => {
  const { page } = visit;
  await page.addInitScript(() => {
    const shown: string[] = [];
    Object.assign(window, {
      shown,
      Notification: class extends Notification {
        constructor(title: string, options?: NotificationOptions) {
          super(title, options);
          shown.push(`${title}: ${options?.body}`);
        }
      },
    });
    document.hasFocus = () => false;
  });
  await page.goto(`${running.url}/desk`);
  const bell = page.getByRole('button', { name: 'Notification of new contacts' });
  expect(await bell.getAttribute('aria-pressed')).toBe('false');
  await bell.click();
  await page.getByRole('button', { name: 'Notification of new contacts', pressed: true }).waitFor();
  await page.getByRole('status').getByText('Up to date').waitFor();
  await sendSms(running, { from: '+15005550172', body: 'Hello' });
  const shown = () => page.evaluate(() => (window as unknown as { shown: string[] }).shown);
  await eventually('a notification', async () => (await shown()).length > 0);
  expect(await shown()).toEqual(['New contact: A customer is waiting at the agent desk.']);
});

test('Who signs out leaves nothing of what was read or written in the browser', async () => {
  const { page } = visit;
  const customer = '+15005550173';
  await page.goto(`${running.url}/desk`);
  await sendSms(running, { from: customer, body: 'Hello' });
  await page.getByRole('button', { name: `Accept ${customer}` }).click();
  await composerOf(page, customer).fill('canary-draft');
  const kept = () => page.evaluate(() => [JSON.stringify({ ...sessionStorage }), 'ofThisPage' in window]);
  await page.evaluate(() => Object.assign(window, { ofThisPage: true }));
  expect(await kept()).toEqual([expect.stringContaining('canary-draft'), true]);
  await page.getByRole('button', { name: 'Your account' }).click();
  await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  expect(await kept()).toEqual([expect.not.stringContaining('canary'), false]);
  await signIn(page, agent);
});

test('An agent hears before writing that Twilio refuses the account, and that none is connected', async () => {
  const { page } = visit;
  const { api, simulator } = running;
  await page.goto(`${running.url}/desk`);
  await sendSms(running, { from: CUSTOMER, body: 'Hello' });
  await page.getByRole('button', { name: `Accept ${CUSTOMER}` }).click();
  const reply = page.getByRole('textbox', { name: `Reply to ${CUSTOMER}` });
  await reply.waitFor();
  expect(await page.getByText('Twilio refuses the AUTH TOKEN').count()).toBe(0);

  await new TwilioConsole({ simulator }).rotateToken();
  expectStatus(await api.post('telephony/verify'), 200);
  await page.reload();
  await page.getByText('Twilio refuses the AUTH TOKEN at present.').waitFor();
  await page.getByText('Ask an admin.').waitFor();
  expect(await reply.isVisible()).toBe(true);
  expect(await findViolations(page)).toEqual([]);

  expectStatus(await api.delete('telephony'), 204);
  await page.reload();
  await page.getByText('No Twilio account is connected').waitFor();
  await page.getByText('Ask an admin.').waitFor();
  expect(await reply.count()).toBe(0);
});
