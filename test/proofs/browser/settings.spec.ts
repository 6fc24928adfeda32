import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { UnrecoverableError } from 'bullmq';
import type { Page } from 'playwright-core';
import type { CampaignPageDto } from '../../../src/campaigns/campaign.dto.js';
import type { ContactPageDto } from '../../../src/contacts/contact.dto.js';
import { Api } from '../../support/api.ts';
import { fillSignIn, signIn, signInAgain, type Visit } from '../../support/browser.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';
import { readQueue } from '../../stack/event-reader.ts';
import { eventually } from '../../support/eventually.ts';
import { expectStatus } from '../../support/factories.ts';
import { sendSms } from '../../support/phone.ts';
import { buildSettledUser } from '../../support/users.ts';

let running: TestConsole;
let visit: Visit;

beforeAll(async () => {
  running = await startConsole();
  visit = await running.open('/settings');
  await signIn(visit.page, running.admin);
});
afterAll(() => running.stop());

test('A user is added, signs in with the password that is shown once, and is out as soon as the role changes', async () => {
  const email = 'ada@example.com';
  const { page, complaints } = visit;
  await openTab(page, 'Users');
  await page.getByRole('button', { name: 'Add user' }).click();
  const adding = page.getByRole('dialog', { name: 'Add user' });
  await adding.getByLabel(/^E-mail address/).fill(email);
  await adding.getByRole('button', { name: 'Add user' }).click();
  const password = (await adding.getByRole('status').locator('code').textContent())!;
  await adding.getByRole('button', { name: 'I have it' }).click();
  await adding.waitFor({ state: 'detached' });
  const row = page.getByRole('listitem').filter({ hasText: email });
  await row.getByText('Has to change the password').waitFor();
  expect((await page.content()).includes(password)).toBe(false);

  const { page: hers } = await running.open('/');
  await fillSignIn(hers, { email, password });
  await hers.getByLabel(/^Password until now/).fill(password);
  await hers.getByLabel(/^New password/).fill('only Ada knows this');
  await hers.getByRole('button', { name: 'Change the password' }).click();
  await hers.getByRole('heading', { name: 'Agent desk', level: 1 }).waitFor({ state: 'attached' });
  expect(await hers.getByRole('link', { name: 'Settings' }).count()).toBe(0);

  await row.getByRole('button', { name: `What to do about ${email}` }).click();
  await page.getByRole('menuitem', { name: 'Make Admin' }).click();
  await page.getByRole('dialog', { name: email }).getByRole('button', { name: 'Make Admin' }).click();
  await row.getByText('Admin', { exact: true }).waitFor();
  await signInAgain(hers, { password: 'only Ada knows this' });
  await hers.getByRole('link', { name: 'Settings' }).waitFor();
  expect(complaints).toEqual([]);
});

test('Who signs out everywhere is out in the other browsers by themselves, or at their next step', async () => {
  const user = await buildSettledUser(running, { role: 'admin' });
  const visits = await Promise.all(['/settings?tab=users', '/desk', '/campaigns'].map((path) => running.open(path)));
  const [first, second, third] = visits.map(({ page }) => page) as [Page, Page, Page];
  // A line that hangs tells nothing.
  await third.route('**/api/v1/events/stream', () => undefined);
  for (const page of [first, second, third]) await signIn(page, user);
  await third.getByRole('button', { name: 'Actions: Support' }).click();
  await first.getByRole('button', { name: 'Your account' }).click();
  await first.getByRole('menuitem', { name: 'Sign out everywhere' }).click();
  await first.getByRole('button', { name: 'Sign in', exact: true }).waitFor();

  await second.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  await third.getByRole('menuitem', { name: 'Switch SMS Inbound off' }).click();
  await third.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
  const { data } = expectStatus(await running.api.get<CampaignPageDto>('campaigns'), 200);
  expect(data.map(({ smsInboundEnabled }) => smsInboundEnabled)).toEqual([true]);
});

test('An API key is shown once, may do what its scopes say, and nothing once it is revoked', async () => {
  const { page, complaints } = visit;
  await openTab(page, 'API keys');
  await page.getByRole('button', { name: 'Create API key' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create API key' });
  await dialog.getByLabel(/^Name/).fill('Reports');
  await dialog.getByRole('group', { name: 'Contacts and replies' }).getByRole('checkbox', { name: 'Read' }).check();
  await dialog.getByRole('button', { name: 'Create API key' }).click();
  const key = (await dialog.getByRole('status').locator('code').textContent())!;
  expect(key).toMatch(/^sik_/);
  const api = new Api(running.url, key);
  expect((await api.get('contacts')).status).toBe(200);
  expect((await api.get('campaigns')).status).toBe(403);

  await dialog.getByRole('button', { name: 'I have it' }).click();
  await dialog.waitFor({ state: 'detached' });
  const row = page.getByRole('listitem').filter({ hasText: 'Reports' });
  await row.getByText('contacts:read').waitFor();
  expect((await page.content()).includes(key.slice(key.indexOf('_', 4) + 1))).toBe(false);
  await page.reload();
  await row.getByRole('button', { name: 'Revoke Reports' }).click();
  await page.getByRole('dialog', { name: 'Revoke Reports' }).getByRole('button', { name: 'Revoke' }).click();
  await row.getByText('Revoked', { exact: true }).waitFor();
  expect((await api.get('contacts')).status).toBe(401);
  expect(complaints).toEqual([]);
});

test('A consumer is registered; what it could not deal with is shown with why, and replayed', async () => {
  const { page, complaints } = visit;
  await openTab(page, 'Consumers');
  await page.getByRole('button', { name: 'Register consumer' }).click();
  const dialog = page.getByRole('dialog', { name: 'Register consumer' });
  await dialog.getByLabel(/^Name/).fill('crm');
  await dialog.getByRole('button', { name: 'Register consumer' }).click();
  await dialog.waitFor({ state: 'detached' });
  const row = page.getByRole('listitem').filter({ hasText: 'contact-events-crm' });

  const sick = await readQueue(running, 'crm', () => {
    throw new UnrecoverableError('The CRM is being rebuilt');
  });
  await sendSms(running, { from: '+15005550201', body: 'Hello' });
  await row.getByText(/^Failed: [1-9]/).waitFor();
  await sick.stop();
  await row.getByRole('button', { name: 'Deliveries to crm' }).click();
  const deliveries = page.getByRole('dialog', { name: 'Deliveries to crm' });
  const created = deliveries.getByRole('listitem').filter({ hasText: 'contact.created' });
  await created.getByText('The CRM is being rebuilt').waitFor();
  await page.keyboard.press('Escape');
  await deliveries.waitFor({ state: 'detached' });

  const sound = await readQueue(running, 'crm');
  await row.getByRole('button', { name: 'Replay events to crm' }).click();
  await page.getByRole('dialog', { name: 'Replay events to crm' }).getByRole('button', { name: 'Replay' }).click();
  await page.getByText('Events go to crm again.').waitFor();
  await eventually('the event again', () => sound.received.some(({ type }) => type === 'contact.created'));
  await sound.stop();
  expect(complaints).toEqual([]);
});

test('A blocked sender reaches nobody, which Activity says, until the block is lifted', async () => {
  const sender = '+15005550202';
  const { page, complaints } = visit;
  await openTab(page, 'Blocked senders');
  await page.getByRole('button', { name: 'Block sender' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Block sender' });
  await dialog.getByLabel(/^Sender/).fill(sender);
  await dialog.getByLabel(/^Reason/).fill('Advertises');
  await dialog.getByRole('button', { name: 'Block sender' }).click();
  const row = page.getByRole('listitem').filter({ hasText: sender });
  await row.getByText('Advertises').waitFor();
  await sendSms(running, { from: sender, body: 'Buy now!' });

  await page.getByRole('link', { name: 'Activity', exact: true }).click();
  const sms = page.getByRole('listitem').filter({ hasText: sender });
  await sms.getByText('Sender blocked').waitFor();
  expect(await contactsOf(sender)).toBe(0);
  // A filter goes on to be typed in while the list follows.
  const filter = page.getByLabel('Sender', { exact: true });
  await filter.click();
  await page.keyboard.type(sender.slice(0, 6));
  await page.waitForURL(/customer=/);
  await page.keyboard.type(sender.slice(6));
  await eventually('all of the filter', async () => (await filter.inputValue()) === sender);
  await page.waitForURL(new RegExp(encodeURIComponent(sender)));

  await page.goto(`${running.url}/settings?tab=blocked-senders`);
  await row.getByRole('button', { name: `Unblock ${sender}` }).click();
  await row.waitFor({ state: 'detached' });
  await sendSms(running, { from: sender, body: 'Sorry' });
  await eventually('the contact', async () => (await contactsOf(sender)) === 1);
  expect(complaints).toEqual([]);
});

test('Before Twilio is disconnected it is said what stops; connected again, all of it works', async () => {
  const { page, complaints } = visit;
  await openTab(page, 'Twilio');
  await page.getByRole('button', { name: 'Disconnect' }).click();
  const dialog = page.getByRole('dialog', { name: 'Disconnect Twilio?' });
  for (const entryPoint of ['Support EN (+15005550006)', 'Suporte PT (+5511955550001)']) {
    await dialog.getByRole('listitem').filter({ hasText: entryPoint }).waitFor();
  }
  await dialog.getByRole('button', { name: 'Disconnect' }).click();
  await page.getByText('Incoming SMS cannot be verified and are refused.').waitFor();
  const { deliveries } = await sendSms(running, { from: '+15005550203', body: 'Lost?' });
  expect(deliveries.map(({ status }) => status)).not.toContain(200);

  await page.getByLabel(/^AUTH TOKEN/).fill(running.authToken);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await page.getByText('Twilio took the AUTH TOKEN at the last check.').waitFor();
  await sendSms(running, { from: '+15005550203', body: 'And now?' });
  await eventually('the contact', async () => (await contactsOf('+15005550203')) === 1);
  expect(complaints).toEqual([]);
});

async function openTab(page: Page, name: string): Promise<void> {
  await page.goto(`${running.url}/settings`);
  await page.getByRole('tab', { name, exact: true }).click();
}

async function contactsOf(customer: string): Promise<number> {
  const path = `contacts?customer=${encodeURIComponent(customer)}`;
  return expectStatus(await running.api.get<ContactPageDto>(path), 200).data.length;
}
