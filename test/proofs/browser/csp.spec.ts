import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ContactPageDto } from '../../../src/contacts/contact.dto.js';
import type { EntryPointPageDto } from '../../../src/entry-points/entry-point.dto.js';
import type { InboundSmsPageDto } from '../../../src/inbound-sms/inbound-sms.dto.js';
import { signIn, untilLoaded, type Visit } from '../../support/browser.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';
import { eventually } from '../../support/eventually.ts';
import { expectStatus } from '../../support/factories.ts';
import { sendSms } from '../../support/phone.ts';

let running: TestConsole;
let visit: Visit;
const ids: Record<string, string> = {};
/** Of every request that the browser made. */
const origins = new Set<string>();

beforeAll(async () => {
  running = await startConsole();
  const { api } = running;
  await sendSms(running, { from: '+15005550211', body: 'Hello' });
  const contact = await eventually(
    'the contact',
    async () => expectStatus(await api.get<ContactPageDto>('contacts'), 200).data[0],
  );
  ids['CONTACT'] = contact.id;
  ids['SMS'] = expectStatus(await api.get<InboundSmsPageDto>('inbound-sms'), 200).data[0]!.id;
  ids['ENTRY_POINT'] = expectStatus(await api.get<EntryPointPageDto>('entry-points'), 200).data[0]!.id;
  visit = await running.open('/health/live');
  visit.page.context().on('request', (request) => origins.add(new URL(request.url()).origin));
  await visit.page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`Against the policy: ${violatedDirective} ${blockedURI}`),
    );
  });
  await visit.page.goto(`${running.url}/welcome`);
  await signIn(visit.page, running.admin);
});
afterAll(() => running.stop());

test.each([
  '/welcome',
  '/entry-points',
  '/entry-points/new',
  '/entry-points/ENTRY_POINT',
  '/campaigns?edit=new',
  '/desk/CONTACT',
  '/activity',
  '/activity/SMS',
  '/health-report',
  '/settings?tab=api-keys',
  '/settings?tab=about',
  '/simulator',
  '/docs',
])('The screen %s lives under its policy, which lets in no script and no frame of others', async (screen) => {
  const { page, complaints } = visit;
  const answer = await page.goto(running.url + screen.replace(/[A-Z_]{3,}/, (name) => ids[name]!));
  if (screen !== '/docs') await untilLoaded(page);
  else await page.getByText('sms-inbound').first().waitFor();
  const policy = directivesOf(answer!.headers()['content-security-policy']!);
  expect(policy).toMatchObject({
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'connect-src': ["'self'"],
    'frame-ancestors': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
  });
  expect(answer!.headers()).toMatchObject({ 'x-content-type-options': 'nosniff' });
  expect(complaints).toEqual([]);
});

test('Nothing was asked of any other host', () => {
  const known = new Set(['null', running.url, running.simulator.url]);
  expect([...origins].filter((origin) => !known.has(origin))).toEqual([]);
  expect(origins).toContain(running.simulator.url);
});

test('A page elsewhere cannot frame the console', async () => {
  const { page } = await running.open('/health/live');
  await page.goto('about:blank');
  await page.setContent(`<iframe src="${running.url}/desk"></iframe>`);
  await eventually('the refusal of the browser', () => page.frames()[1]?.url() === 'chrome-error://chromewebdata/');
  expect(await page.frames()[1]!.getByLabel('E-mail address').count()).toBe(0);
});

const directivesOf = (policy: string): Record<string, string[]> =>
  Object.fromEntries(
    policy.split(';').map((directive) => {
      const [name, ...sources] = directive.trim().split(' ');
      return [name!, sources];
    }),
  );
