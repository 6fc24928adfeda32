import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ContactPageDto } from '../../src/contacts/contact.dto.js';
import type { EntryPointPageDto } from '../../src/entry-points/entry-point.dto.js';
import type { InboundSmsPageDto } from '../../src/inbound-sms/inbound-sms.dto.js';
import { findOverflows, findViolations, signIn, untilLoaded, type Visit } from '../support/browser.ts';
import { startConsole, type TestConsole } from '../support/console.ts';
import { eventually } from '../support/eventually.ts';
import { expectStatus } from '../support/factories.ts';
import { sendSms } from '../support/phone.ts';

let running: TestConsole;
let visit: Visit;
/** Stands for the part of a path that is known only at run time. */
const ids: Record<string, string> = {};

beforeAll(async () => {
  running = await startConsole();
  const { api } = running;
  await sendSms(running, { from: '+15005550141', body: 'Hello, is it open?' });
  const contact = await eventually(
    'the contact',
    async () => expectStatus(await api.get<ContactPageDto>('contacts'), 200).data[0],
  );
  ids['CONTACT'] = contact.id;
  ids['SMS'] = expectStatus(await api.get<InboundSmsPageDto>('inbound-sms'), 200).data[0]!.id;
  ids['ENTRY_POINT'] = expectStatus(await api.get<EntryPointPageDto>('entry-points'), 200).data[0]!.id;
  visit = await running.open('/welcome');
  await signIn(visit.page, running.admin);
});
afterAll(() => running.stop());

/** Every screen in both languages, themes, widths and states is in the proof `browser`. */
test.each([
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
  '/settings?tab=audit-log',
  '/simulator',
])('%s opens without an error, fits, and keeps WCAG 2.2 AA', async (screen) => {
  const { page } = visit;
  const path = screen.replace(/[A-Z_]{3,}/, (name) => ids[name]!);
  await page.goto(`${running.url}${path}`);
  await untilLoaded(page);
  expect(await findViolations(page)).toEqual([]);
  expect(await findOverflows(page)).toEqual([]);
  expect(visit.complaints).toEqual([]);
});
