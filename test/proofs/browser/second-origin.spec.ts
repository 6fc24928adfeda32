import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { CampaignPageDto } from '../../../src/campaigns/campaign.dto.js';
import type { ContactPageDto } from '../../../src/contacts/contact.dto.js';
import { signIn } from '../../support/browser.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';
import { eventually } from '../../support/eventually.ts';
import { expectStatus } from '../../support/factories.ts';
import { startHttpServer, type TestHttpServer } from '../../support/http-server.ts';
import { sendSms } from '../../support/phone.ts';
import {
  type Attack,
  fetchAs,
  type FetchAttack,
  FORMS,
  postForm,
  readFrame,
  SCRIPTS,
  type Target,
} from '../../browser/other-site-attacks.ts';

/** The same host with another port is the same site, which SameSite lets through; another name is not. */
const NEIGHBOURS = ['127.0.0.1', 'localhost'];

let running: TestConsole;
let evil: TestHttpServer;
let target: Target;
/** Where an admin is signed in. */
let own: Page;
/** Of the API to the page of another origin; 101 for a stream that is open. */
let answers: { status: number; request: string }[] = [];

beforeAll(async () => {
  running = await startConsole();
  evil = await startHttpServer((_request, response) =>
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Evil</title><body>'),
  );
  const { api, url, admin } = running;
  await sendSms(running, { from: '+15005550244', body: 'Not for other sites' });
  const contact = await eventually(
    'the contact',
    async () => expectStatus(await api.get<ContactPageDto>('contacts'), 200).data[0],
  );
  const campaign = expectStatus(await api.get<CampaignPageDto>('campaigns'), 200).data[0]!;
  target = { url, campaignId: campaign.id, contactId: contact.id, ...admin };
  const visit = await running.open('/welcome');
  own = visit.page;
  await signIn(own, admin);
});
afterAll(async () => {
  await running?.stop();
  await evil?.stop();
});
beforeEach(() => void (answers = []));

/** All that the attacks are after. */
async function snapshot(): Promise<unknown[]> {
  const paths = ['audit-log', 'campaigns', 'consumers', 'users', 'api-keys', `contacts/${target.contactId}`];
  const bodies = await Promise.all(paths.map(async (path) => expectStatus(await running.api.get(path), 200)));
  return [...bodies, (await own.context().cookies()).map(({ name, value }) => [name, value])];
}

async function openEvilPage(host: string): Promise<Page> {
  const page = await own.context().newPage();
  page.on('response', (answer) => {
    const request = answer.request();
    if (!request.url().includes('/api/v1/')) return;
    answers.push({ status: answer.status(), request: `${request.method()} ${request.url()}` });
  });
  await page.goto(evil.url.replace('127.0.0.1', host));
  return page;
}

const run = (page: Page, attack: Attack | FetchAttack): Promise<string | null> =>
  typeof attack === 'function' ? page.evaluate(attack, target) : page.evaluate(fetchAs, { ...target, ...attack });

describe.each(NEIGHBOURS)('A page of another origin on %s', (host) => {
  let page: Page;
  let before: unknown[];

  beforeAll(async () => {
    page = await openEvilPage(host);
    before = await snapshot();
  });
  afterAll(() => page.close());

  test.each(FORMS)('reads nothing and changes nothing with a form to $path, $encoding', async ({ encoding, path }) => {
    const action = running.url + path.replace('CONTACT', target.contactId);
    const [answer] = await Promise.all([
      page.waitForResponse(action),
      page.evaluate(postForm, { ...target, action, encoding }),
    ]);
    expect(answer.status()).toBeGreaterThanOrEqual(400);
    await eventually('the refusal of the browser', () => page.frames().at(-1)!.url().startsWith('chrome-error://'));
    expect(await page.evaluate(readFrame)).toBeNull();
    expect(await snapshot()).toEqual(before);
  });

  test.each(Object.entries(SCRIPTS))('reads nothing and changes nothing with %s', async (_, attack) => {
    expect(await run(page, attack)).toBeNull();
    expect(answers.filter(({ status }) => status < 400)).toEqual([]);
    expect(await snapshot()).toEqual(before);
  });

  test('gets no further by leading the whole window there', async () => {
    const window = await openEvilPage(host);
    for (const path of ['campaigns', 'session', `contacts/${target.contactId}/accept`]) {
      await window.goto(evil.url.replace('127.0.0.1', host));
      await window.evaluate((action) => {
        const form = Object.assign(document.createElement('form'), { action, method: 'post', enctype: 'text/plain' });
        form.append(Object.assign(document.createElement('input'), { name: '{"name":"stolen","x":"', value: '"}' }));
        document.body.append(form);
        form.submit();
      }, `${running.url}/api/v1/${path}`);
      await window.waitForURL(`${running.url}/**`);
    }
    expect(answers).toHaveLength(3);
    expect(answers.filter(({ status }) => status < 400)).toEqual([]);
    expect(await snapshot()).toEqual(before);
    await window.close();
  });

  test('is gone, and the admin is still signed in', async () => {
    await own.reload();
    await own.getByRole('button', { name: 'Your account' }).waitFor();
    expect(await snapshot()).toEqual(before);
  });
});

test.each([
  'fetch, cors, GET contacts',
  'fetch, same-origin, GET audit-log',
  'XMLHttpRequest',
  'the stream of events',
  'fetch, cors, application/json, POST contacts/CONTACT/accept',
])('In the own page %s does read or change', async (name) => {
  expect(await run(own, SCRIPTS[name]!)).not.toBeNull();
});
