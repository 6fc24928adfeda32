import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ContactPageDto } from '../../../src/contacts/contact.dto.js';
import type { EntryPointPageDto } from '../../../src/entry-points/entry-point.dto.js';
import type { InboundSmsPageDto } from '../../../src/inbound-sms/inbound-sms.dto.js';
import { NARROW, findOverflows, findViolations, signIn, untilLoaded, type Visit, WIDE } from '../../support/browser.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';
import { eventually } from '../../support/eventually.ts';
import { expectStatus } from '../../support/factories.ts';
import { sendSms } from '../../support/phone.ts';

let running: TestConsole;
let visit: Visit;
/** What stands for a part of a path that is known only now. */
const ids: Record<string, string> = {};

beforeAll(async () => {
  running = await startConsole();
  const { api } = running;
  for (const from of ['+15005550131', '+15005550132']) await sendSms(running, { from, body: 'Hello, is it open?' });
  const { id: contactId } = await eventually(
    'the contacts',
    async () => expectStatus(await api.get<ContactPageDto>('contacts'), 200).data[1],
  );
  ids['CONTACT'] = contactId;
  ids['SMS'] = expectStatus(await api.get<InboundSmsPageDto>('inbound-sms'), 200).data[0]!.id;
  ids['ENTRY_POINT'] = expectStatus(await api.get<EntryPointPageDto>('entry-points'), 200).data[0]!.id;
  visit = await running.open('/welcome');
  await signIn(visit.page, running.admin);
});
afterAll(() => running.stop());

describe('Before anybody is signed in', () => {
  test('the sign-in keeps WCAG 2.2 AA', async () => {
    const { page } = await running.open('/welcome');
    await untilLoaded(page);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.close();
  });

  test('so does what is shown until it is known who is', async () => {
    const { page } = await running.open('/docs');
    await page.route('**/api/v1/session', () => undefined);
    await page.goto(`${running.url}/welcome`);
    await page.getByRole('status', { name: 'Loading' }).waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.close();
  });
});

describe.each([
  '/welcome',
  '/entry-points',
  '/entry-points/new',
  '/entry-points/ENTRY_POINT',
  '/campaigns',
  '/desk',
  '/desk/CONTACT',
  '/activity',
  '/activity/SMS',
  '/health-report',
  '/settings?tab=twilio',
  '/settings?tab=users',
  '/settings?tab=api-keys',
  '/settings?tab=consumers',
  '/settings?tab=blocked-senders',
  '/settings?tab=canned-replies',
  '/settings?tab=audit-log',
  '/settings?tab=about',
  '/simulator',
])('The screen %s', (screen) => {
  beforeAll(() => show(screen));

  test.each(['light', 'dark'] as const)('keeps WCAG 2.2 AA in %s colours', async (colorScheme) => {
    await visit.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await untilLoaded(visit.page);
    expect(await findViolations(visit.page)).toEqual([]);
    expect(visit.complaints).toEqual([]);
  });

  test('fits a phone of 360 px', async () => {
    await visit.page.setViewportSize(NARROW);
    await show(screen);
    expect(await findOverflows(visit.page)).toEqual([]);
    await visit.page.setViewportSize(WIDE);
  });
});

async function show(screen: string): Promise<void> {
  await visit.page.goto(running.url + screen.replace(/[A-Z_]{3,}/, (name) => ids[name]!));
  await untilLoaded(visit.page);
}
