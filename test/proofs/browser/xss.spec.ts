import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ContactDto, ContactPageDto } from '../../../src/contacts/contact.dto.js';
import type { EntryPointPageDto } from '../../../src/entry-points/entry-point.dto.js';
import type { InboundSmsPageDto } from '../../../src/inbound-sms/inbound-sms.dto.js';
import { signIn, untilLoaded, type Visit } from '../../support/browser.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';
import { eventually } from '../../support/eventually.ts';
import { buildCampaign, expectStatus } from '../../support/factories.ts';
import { sendSms } from '../../support/phone.ts';
import { ALARM, XSS_PAYLOADS } from '../../browser/xss-payloads.ts';

const CUSTOMER = '+15005550233';
const TAGS = 20;
const NOTES = 15;

let running: TestConsole;
let visit: Visit;
const ids: Record<string, string> = {};
/** Of every request that the browser made. */
const origins = new Set<string>();

beforeAll(async () => {
  running = await startConsole();
  const { api } = running;
  for (const body of XSS_PAYLOADS) await sendSms(running, { from: CUSTOMER, body });
  const findContact = async (): Promise<ContactDto | undefined> =>
    expectStatus(await api.get<ContactPageDto>(`contacts?customer=${encodeURIComponent(CUSTOMER)}`), 200).data[0];
  const contact = await eventually(
    'the contact',
    async () => {
      const found = await findContact();
      return found?.messageCount === XSS_PAYLOADS.length && found;
    },
    60_000,
  );
  const path = `contacts/${contact.id}`;
  const short = XSS_PAYLOADS.filter((text) => text.length <= 40 && !/[\p{Cc},]/u.test(text));
  // In upper and lower case a tag is the same one.
  const tags = [...new Map(short.map((text) => [text.trim().toLowerCase(), text])).values()].slice(0, TAGS);
  expectStatus(await api.patch(path, { tags, data: { '<b>name</b>': XSS_PAYLOADS[0] } }), 200);
  for (const body of XSS_PAYLOADS.slice(0, NOTES)) expectStatus(await api.post(`${path}/notes`, { body }), 201);
  await buildCampaign(running, { name: `<img src=x onerror=${ALARM}()>` });
  expectStatus(await api.post('canned-replies', { shortcut: 'xss', text: `<script>${ALARM}()</script>` }), 201);
  expectStatus(await api.post('api-keys', { name: `"><svg onload=${ALARM}()>`, scopes: ['contacts:read'] }), 201);
  ids['CONTACT'] = contact.id;
  ids['SMS'] = expectStatus(await api.get<InboundSmsPageDto>('inbound-sms'), 200).data[0]!.id;
  ids['ENTRY_POINT'] = expectStatus(await api.get<EntryPointPageDto>('entry-points'), 200).data[0]!.id;

  visit = await running.open('/health/live');
  visit.page.context().on('request', (request) => origins.add(new URL(request.url()).origin));
  await visit.page.addInitScript((alarm) => {
    Object.assign(window, { [alarm]: () => console.error(`${alarm} ran`) });
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`Against the policy: ${violatedDirective} ${blockedURI}`),
    );
  }, ALARM);
  await visit.page.goto(`${running.url}/welcome`);
  await signIn(visit.page, running.admin);
}, 240_000);
afterAll(() => running?.stop());

test('There are payloads of many kinds, more than a hundred', () => {
  expect(new Set(XSS_PAYLOADS).size).toBeGreaterThan(100);
});

test.each([
  ['/desk/CONTACT', XSS_PAYLOADS.at(-1)!],
  ['/desk/CONTACT?q=%3Cscript%3E', ''],
  ['/desk', ''],
  ['/activity', ''],
  ['/activity/SMS', ''],
  ['/activity?customer=%22%3E%3Csvg%20onload%3DxssAlarm()%3E', ''],
  ['/campaigns', `<img src=x onerror=${ALARM}()>`],
  ['/entry-points', ''],
  ['/entry-points/ENTRY_POINT', ''],
  ['/settings?tab=api-keys', `"><svg onload=${ALARM}()>`],
  ['/settings?tab=canned-replies', ''],
  ['/health-report', ''],
  ['/docs', ''],
])('The screen %s shows what strangers wrote as text, and runs none of it', async (screen, shown) => {
  const { page, complaints } = visit;
  await page.goto(running.url + screen.replace(/[A-Z_]{3,}/, (name) => ids[name] ?? name));
  if (screen === '/docs') await page.getByText('sms-inbound').first().waitFor();
  else await untilLoaded(page);
  if (shown !== '') await page.getByText(shown).first().waitFor({ state: 'attached' });
  const hrefs = await page.$$eval('a[href]', (links) => links.map((link) => (link as HTMLAnchorElement).protocol));
  expect(hrefs.filter((protocol) => !['http:', 'https:', 'tel:', 'mailto:', 'blob:'].includes(protocol))).toEqual([]);
  expect(await page.$$eval('main script, main iframe[srcdoc], main object, main embed', (all) => all.length)).toBe(0);
  expect(complaints).toEqual([]);
});

test('The whole thread is there, word for word', async () => {
  const { page, complaints } = visit;
  await page.goto(`${running.url}/desk/${ids['CONTACT']}`);
  await untilLoaded(page);
  const last = XSS_PAYLOADS.slice(-10).map((text) => text.replace(/[\0\u202e]/g, '').trim());
  for (const text of last.filter((each) => /^[\x20-\x7e]+$/.test(each))) {
    await page.getByText(text, { exact: true }).first().waitFor({ state: 'attached' });
  }
  expect(complaints).toEqual([]);
});

test('Nothing was asked of any other host', () => {
  const known = new Set([running.url, running.simulator.url, 'null']);
  expect([...origins].filter((origin) => !known.has(origin))).toEqual([]);
});

test('The alarm itself would have been heard', async () => {
  const { page, complaints } = visit;
  await page.evaluate((alarm) => (window as unknown as Record<string, () => void>)[alarm]!(), ALARM);
  await eventually('the alarm', () => complaints.length > 0);
  expect(complaints).toEqual([expect.stringContaining(`${ALARM} ran`)]);
});
