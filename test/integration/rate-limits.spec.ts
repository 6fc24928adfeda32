import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { EntryPointDto } from '../../src/entry-points/entry-point.dto.js';
import { buildApiKey, firstAccountId } from '../support/accounts.ts';
import { Api } from '../support/api.ts';
import { startTestApp, startTestProcess, type TestApp, type TestProcess } from '../support/app.ts';
import { buildEntryPoint, connectTelephony } from '../support/factories.ts';
import { problemOf } from '../support/problems.ts';
import { findDocumented } from '../support/routes.ts';
import { buildForm, postSigned } from '../support/signed-forms.ts';
import { insertSettledUser, signInAs } from '../support/users.ts';

/** One more comes back after 30 s: no machine is so slow. */
const PER_MINUTE = 2;

/** What asks Twilio, hashes a password or takes in a file. */
const EXPENSIVE = [
  'GET /api/v1/entry-points/{id}/webhook',
  'GET /api/v1/telephony/phone-numbers',
  'PATCH /api/v1/users/{id}',
  'POST /api/v1/entry-points/{id}/webhook',
  'POST /api/v1/entry-points/{id}/webhook/restore',
  'POST /api/v1/media',
  'POST /api/v1/media/{id}/fetch',
  'POST /api/v1/reconciliation',
  'POST /api/v1/telephony/verify',
  'POST /api/v1/users',
  'PUT /api/v1/telephony',
];

describe('Rate limits', () => {
  let app: TestApp;
  let limited: TestProcess;
  let entryPoint: EntryPointDto;
  let api: Api;

  const newKey = async (): Promise<Api> =>
    new Api(limited.url, (await buildApiKey(app, await firstAccountId(app))).key);

  beforeAll(async () => {
    app = await startTestApp();
    await connectTelephony(app);
    entryPoint = await buildEntryPoint(app);
    const limit = String(PER_MINUTE);
    limited = await startTestProcess(app, {
      RATE_LIMIT_READS: limit,
      RATE_LIMIT_WRITES: limit,
      RATE_LIMIT_EXPENSIVE: limit,
    });
  });
  beforeEach(async () => {
    api = await newKey();
  });
  afterAll(async () => {
    await limited.stop();
    await app.stop();
  });

  const KINDS: [string, (by: Api) => ReturnType<Api['call']>][] = [
    ['reads', (by) => by.get('contacts')],
    ['writes', (by) => by.post('sms/segments', { body: 'Hello' })],
    ['expensive', (by) => by.post('telephony/verify')],
  ];

  test.each(KINDS)('of %s: what is too much gets 429 with the way out, and so does nobody else', async (limit, ask) => {
    const answers = [await ask(api), await ask(api), await ask(api)];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    const policies = answers.map(({ headers }) => headers.get('ratelimit-policy'));
    expect(new Set(policies)).toEqual(new Set([`"${limit}";q=${PER_MINUTE};w=60`]));
    const left = answers.map(({ headers }) => /^"(\w+)";r=(\d+);t=\d+$/.exec(headers.get('ratelimit') ?? '')?.slice(1));
    expect(left).toEqual(['1', '0', '0'].map((each) => [limit, each]));

    const refused = answers[2]!;
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60 / PER_MINUTE);
    expect(problemOf(refused)).toMatchObject({ status: 429, errorCode: 'rate_limited', params: { seconds } });

    expect((await ask(await newKey())).status).toBe(200);
    for (const [, other] of KINDS.filter(([kind]) => kind !== limit)) expect((await other(api)).status).toBe(200);
  });

  test('count a user, not the session', async () => {
    const user = await insertSettledUser(app);
    const browsers = [await signInAs(limited, user), await signInAs(limited, user), await signInAs(limited, user)];
    const statuses: number[] = [];
    for (const browser of browsers) statuses.push((await browser.get('contacts')).status);
    expect(statuses).toEqual([200, 200, 429]);
  });

  test('hold of a hundred at once as of a hundred in a row', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => api.get('contacts')));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(PER_MINUTE);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(100 - PER_MINUTE);
  });

  test('are those of each process', async () => {
    for (let n = 0; n <= PER_MINUTE; n++) await api.get('contacts');
    expect((await new Api(app.url, api.key).get('contacts')).status).toBe(200);
  });

  test('never turn away Twilio, a probe or who gathers metrics', async () => {
    const webhook = entryPoint.webhookUrl.replace(app.url, limited.url);
    const ask = async (path: string): Promise<number> => (await fetch(`${limited.url}${path}`)).status;
    const statuses = await Promise.all(
      Array.from({ length: 10 }, async () => [
        (await postSigned(app, webhook, buildForm())).status,
        await ask('/health/live'),
        await ask('/health/ready'),
        await ask('/metrics'),
      ]),
    );
    expect(new Set(statuses.flat())).toEqual(new Set([200]));
  });

  test('are counted in the metrics', async () => {
    const refused = async (): Promise<number> => {
      const text = await (await fetch(`${limited.url}/metrics`)).text();
      return Number(/^sms_api_rate_limited_total\{limit="reads"\} (\d+)$/m.exec(text)?.[1] ?? 0);
    };
    const before = await refused();
    for (let n = 0; n < PER_MINUTE + 3; n++) await api.get('contacts');
    expect((await refused()) - before).toBe(3);
  });

  test('hold for each operation that asks who it is, and what costs more counts apart', async () => {
    const guarded = findDocumented(app.app).filter(({ statuses }) => statuses.includes('429'));
    // The sign-in counts wrong passwords; the stream is taken from the framework, with its headers.
    const operations = guarded
      .map(({ operation }) => operation)
      .filter((each) => !/ \/api\/v1\/(session|events\/stream)/.test(each));
    const limits = await Promise.all(operations.map(async (operation) => [operation, await findLimit(operation)]));
    expect(limits).toEqual(
      operations.map((operation) => [
        operation,
        EXPENSIVE.includes(operation) ? 'expensive' : operation.startsWith('GET') ? 'reads' : 'writes',
      ]),
    );
    expect(operations).toEqual(expect.arrayContaining(EXPENSIVE));
  });

  /** By the answer to a key of its own, for a thing that is not there. */
  async function findLimit(operation: string): Promise<string | undefined> {
    const [method, path] = operation.split(' ') as [string, string];
    const answer = await (await newKey()).call(method, path.replace('/api/v1/', '').replace(/\{\w+\}/g, 'none'));
    return /^"(\w+)"/.exec(answer.headers.get('ratelimit-policy') ?? '')?.[1];
  }
});
