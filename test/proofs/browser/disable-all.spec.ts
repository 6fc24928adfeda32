import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import type { ContactPageDto } from '../../../src/contacts/contact.dto.js';
import type { EntryPointPageDto } from '../../../src/entry-points/entry-point.dto.js';
import type { InboundSmsPageDto } from '../../../src/inbound-sms/inbound-sms.dto.js';
import { findOverflows, NARROW, signIn, untilLoaded, type Visit, WIDE, findViolations } from '../../support/browser.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';
import { eventually } from '../../support/eventually.ts';
import { expectStatus } from '../../support/factories.ts';
import { sendSms } from '../../support/phone.ts';
import { buildSettledUser, type KnownUser } from '../../support/users.ts';

const ENGLISH = '+15005550006';
const PORTUGUESE = '+5511955550001';

let running: TestConsole;
let ada: Visit;
let second: KnownUser;
let agent: KnownUser;
let texts = 0;

beforeAll(async () => {
  running = await startConsole();
  second = await buildSettledUser(running, { role: 'admin', email: 'bob@example.com' });
  agent = await buildSettledUser(running, { email: 'eve@example.com' });
  ada = await running.open('/entry-points');
  await signIn(ada.page, running.admin);
});
afterAll(() => running.stop());

const bannerOn = (page: Page): Locator =>
  page.getByRole('status').filter({ hasText: 'All entry points are disabled.' });

test('One that is disabled keeps a text in the activity, with the reason, and makes no contact of it', async () => {
  const { page, complaints } = ada;
  await page.getByRole('switch', { name: 'Active: Suporte PT' }).press('Space');
  await eventually('the switch in the API', async () => (await switches())['Suporte PT'] === 'disabled, off');
  const from = newCustomer();
  expect(await textUntilJudged(from, PORTUGUESE)).toBe('entry_point_disabled');
  expect(await countContacts(from)).toBe(0);
  await page.goto(`${running.url}/activity`);
  await page.getByText('Entry point disabled').locator('visible=true').first().waitFor();
  expect(complaints).toEqual([]);
});

describe('All are disabled', () => {
  let bob: Visit;
  let eve: Visit;

  beforeAll(async () => {
    bob = await running.open('/activity');
    await signIn(bob.page, second);
    eve = await running.open('/desk');
    await signIn(eve.page, agent);
    await eve.page.getByText('Up to date').waitFor();
  });

  test('after a question that names the effect, and everybody sees it at once, with who did it', async () => {
    const { page, complaints } = ada;
    await page.goto(`${running.url}/entry-points`);
    await page.getByRole('checkbox', { name: 'Disable all entry points' }).press('Space');
    const dialog = page.getByRole('dialog', { name: 'Disable all entry points?' });
    await dialog.getByText('1 entry point stops offering new contacts. Incoming SMS are still stored.').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Disable all' }).click();

    for (const visit of [ada, bob, eve]) {
      await bannerOn(visit.page).getByText(`by ${running.admin.email}`).waitFor();
    }
    expect(await bannerOn(eve.page).getByRole('button').count()).toBe(0);
    expect(await switches()).toEqual({ 'Support EN': 'active, off', 'Suporte PT': 'disabled, off' });
    const card = page.getByRole('region', { name: 'Support EN' });
    await card.getByText('Active (overridden)').waitFor();
    expect(await card.getByText('Campaign disabled').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('a text makes no contact then', async () => {
    const from = newCustomer();
    expect(await textUntilJudged(from, ENGLISH)).toBe('channel_disabled');
    expect(await countContacts(from)).toBe(0);
    await bob.page.goto(`${running.url}/activity`);
    await bob.page.getByText('Channel off').locator('visible=true').first().waitFor();
  });

  test.each(['/entry-points', '/settings?tab=users', '/desk', '/simulator'])(
    'the banner is on %s, accessible and with room on a phone',
    async (screen) => {
      const { page } = ada;
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.goto(running.url + screen);
        await untilLoaded(page);
        await bannerOn(page).waitFor();
        expect(await findViolations(page)).toEqual([]);
      }
      await page.setViewportSize(NARROW);
      await page.goto(running.url + screen);
      await untilLoaded(page);
      await bannerOn(page).waitFor();
      expect(await findOverflows(page)).toEqual([]);
      await page.setViewportSize(WIDE);
    },
  );

  test('the desk still fits the window', async () => {
    const { page } = eve;
    const height = await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
    expect(height).toBe(0);
  });

  test('until another admin enables them again; then texts make contacts, and each is as it was', async () => {
    await bannerOn(bob.page).getByRole('button', { name: 'Enable again' }).click();
    for (const { page } of [bob, ada, eve]) await bannerOn(page).waitFor({ state: 'detached' });
    expect(await switches()).toEqual({ 'Support EN': 'active, on', 'Suporte PT': 'disabled, off' });
    const from = newCustomer();
    expect(await textUntilJudged(from, ENGLISH)).toBe('accepted');
    await eve.page.getByRole('link', { name: from }).first().waitFor();
    for (const { complaints } of [ada, bob, eve]) expect(complaints).toEqual([]);
  });
});

test('A campaign that is off is told apart from all being disabled', async () => {
  const { page } = ada;
  const { data } = expectStatus(await running.api.get<{ data: { id: string }[] }>('campaigns'), 200);
  await page.goto(`${running.url}/entry-points`);
  const card = page.getByRole('region', { name: 'Support EN' });
  await card.waitFor();
  expectStatus(await running.api.patch(`campaigns/${data[0]!.id}`, { smsInboundEnabled: false }), 200);
  await card.getByText('Campaign disabled').waitFor();
  await card.getByText('Active (overridden)').waitFor();
  expect(await bannerOn(page).count()).toBe(0);
  expectStatus(await running.api.patch(`campaigns/${data[0]!.id}`, { smsInboundEnabled: true }), 200);
  await card.getByText('Campaign disabled').waitFor({ state: 'detached' });
});

const newCustomer = (): string => `+150030001${String(++texts).padStart(2, '0')}`;

async function textUntilJudged(from: string, to: string): Promise<string> {
  const { messageSid } = await sendSms(running, { from, to });
  return eventually('the verdict', async () => {
    const { data } = expectStatus(await running.api.get<InboundSmsPageDto>('inbound-sms'), 200);
    return data.find(({ twilioMessageSid }) => twilioMessageSid === messageSid)?.verdict;
  });
}

async function countContacts(customer: string): Promise<number> {
  const path = `contacts?customer=${encodeURIComponent(customer)}`;
  return expectStatus(await running.api.get<ContactPageDto>(path), 200).data.length;
}

/** Of each entry point its own switch, and whether it makes contacts. */
async function switches(): Promise<Record<string, string>> {
  const { data } = expectStatus(await running.api.get<EntryPointPageDto>('entry-points'), 200);
  return Object.fromEntries(data.map(({ name, state, enabled }) => [name, `${state}, ${enabled ? 'on' : 'off'}`]));
}
