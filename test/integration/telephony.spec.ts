import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { EntryPointDto } from '../../src/entry-points/entry-point.dto.js';
import type { TelephonyDto } from '../../src/twilio-integration/telephony.dto.js';
import { buildAccount } from '../support/accounts.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { textAndWait } from '../support/contacts.ts';
import { eventually } from '../support/eventually.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';
import { sendSms } from '../support/phone.ts';
import { fieldsOf, problemOf } from '../support/problems.ts';
import { TwilioConsole } from '../support/twilio-console.ts';

const WRONG_TOKEN = '0'.repeat(32);
const NEXT_TOKEN = 'fedcba9876543210'.repeat(2);

describe('The telephony connection', () => {
  let app: TestApp;
  let twilio: TwilioConsole;
  let entryPoint: EntryPointDto;

  beforeAll(async () => {
    app = await startTestApp();
    twilio = new TwilioConsole(app);
    await connectTelephony(app);
    entryPoint = await buildEntryPoint(app);
  });
  beforeEach(() => connectTelephony(app));
  afterAll(() => app.stop());

  const getTelephony = async (): Promise<TelephonyDto> =>
    expectStatus(await app.api.get<TelephonyDto>('telephony'), 200);

  /** Texts until Twilio gets this answer: what changed here reaches the intake a moment later. */
  const untilAnswered = (status: number): Promise<unknown> =>
    eventually(`an SMS answered with ${status}`, async () => {
      const { deliveries } = await sendSms(app, {});
      return deliveries[0]!.status === status;
    });

  test('shows who is connected and the last four characters of the token', async () => {
    const { accountSid, authToken } = app.simulator;
    expect(await getTelephony()).toEqual({
      accountSid,
      authTokenLast4: authToken.slice(-4),
      state: 'connected',
      verifiedAt: expect.any(String),
      friendlyName: 'Simulator account',
      rotating: false,
      problem: null,
    });
  });

  test('never gives the token away, and keeps it sealed', async () => {
    const { accountSid, authToken } = app.simulator;
    const answers = [
      await app.api.put('telephony', { accountSid, authToken, nextAuthToken: NEXT_TOKEN }),
      await app.api.get('telephony'),
      await app.api.post('telephony/verify'),
      await app.api.put('telephony', { accountSid, authToken, unknownField: 1 }),
      await app.api.put('telephony', { accountSid: `AC${'0'.repeat(32)}`, authToken }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 422, 422]);
    const [row] = await app.dataSource.query('SELECT * FROM telephony_connections');
    expect(row).toMatchObject({
      auth_token: expect.stringMatching(/^v1\./),
      next_auth_token: expect.stringMatching(/^v1\./),
    });
    for (const text of [JSON.stringify(answers.map(({ body }) => body)), JSON.stringify(row)]) {
      expect(text).not.toContain(authToken);
      expect(text).not.toContain(NEXT_TOKEN);
    }
  });

  test.each([
    ['a wrong token', { authToken: WRONG_TOKEN }],
    ['another SID', { accountSid: `AC${'0'.repeat(32)}` }],
  ])('%s is refused with what Twilio said, and the connection stays as it was', async (_, wrong) => {
    const before = await getTelephony();
    const { accountSid, authToken } = app.simulator;
    const problem = problemOf(await app.api.put('telephony', { accountSid, authToken, ...wrong }));
    expect(problem).toMatchObject({ status: 422, errorCode: 'twilio_refused', twilioStatus: 401, twilioCode: 20003 });
    expect(problem.detail).toMatch(/^Twilio answered: .*Authenticat.* \(20003\)\.$/);
    expect(await getTelephony()).toEqual(before);
  });

  test.each([
    ['no SID', { accountSid: undefined }, 'accountSid'],
    ['a SID of another kind', { accountSid: `SK${'0'.repeat(32)}` }, 'accountSid'],
    ['a SID that is too short', { accountSid: 'AC12' }, 'accountSid'],
    ['no token', { authToken: undefined }, 'authToken'],
    ['a token that is no hex', { authToken: 'z'.repeat(32) }, 'authToken'],
    ['a next token that is too long', { nextAuthToken: 'a'.repeat(33) }, 'nextAuthToken'],
    ['an unknown field', { apiKey: 'x' }, 'apiKey'],
  ])('%s is refused by name', async (_, change, field) => {
    const { accountSid, authToken } = app.simulator;
    const answer = await app.api.put('telephony', { accountSid, authToken, ...change });
    expect(answer.status).toBe(422);
    expect(fieldsOf(answer)).toEqual([field]);
  });

  test('is found failing after Twilio refused the stored token, and connected again with the new one', async () => {
    const before = expectStatus(await app.api.post<TelephonyDto>('telephony/verify'), 200);
    expect(before).toMatchObject({ state: 'connected', problem: null });
    await twilio.rotateToken();
    const { body } = await app.api.post<TelephonyDto>('telephony/verify');
    expect(body).toMatchObject({ state: 'failing', verifiedAt: before.verifiedAt });
    expect(body.problem).toMatch(/Connect again/);
    await connectTelephony(app);
    expect(await getTelephony()).toMatchObject({ state: 'connected', problem: null });
  });

  test('ends a rotation by itself once the next token was promoted at Twilio', async () => {
    const { accountSid, authToken } = app.simulator;
    await app.api.put('telephony', { accountSid, authToken, nextAuthToken: NEXT_TOKEN });
    await twilio.rotateToken(NEXT_TOKEN);
    expect((await app.api.post<TelephonyDto>('telephony/verify')).body).toMatchObject({
      state: 'connected',
      rotating: false,
      authTokenLast4: NEXT_TOKEN.slice(-4),
    });
    await twilio.rotateToken(authToken);
    await connectTelephony(app);
  });

  test('keeps its state when Twilio cannot say whether the token is right', async () => {
    await twilio.makeTrouble({ rest: [{ status: 503, times: 1 }] });
    expect(problemOf(await app.api.post('telephony/verify'))).toMatchObject({
      status: 502,
      errorCode: 'twilio_unavailable',
      twilioStatus: 503,
    });
    expect((await getTelephony()).state).toBe('connected');
  });

  test('is not brought back by a check that was under way when it was disconnected', async () => {
    await twilio.makeTrouble({ slowMs: 300 });
    const verifying = app.api.post('telephony/verify');
    await getTelephony();
    expectStatus(await app.api.delete('telephony'), 204);
    await verifying;
    await twilio.makeTrouble({});
    expect(await getTelephony()).toMatchObject({ state: 'disconnected', authTokenLast4: null });
  });

  test('disconnected: SMS are refused, entry points stay, and a reconnect brings them back untouched', async () => {
    expectStatus(await app.api.delete('telephony'), 204);
    const { accountSid } = app.simulator;
    expect(await getTelephony()).toMatchObject({ state: 'disconnected', accountSid, authTokenLast4: null });
    expect((await getTelephony()).problem).toMatch(/Connect one/);
    const [{ auth_token: kept }] = await app.dataSource.query('SELECT auth_token FROM telephony_connections');
    expect(kept).toBeNull();
    for (const asking of [app.api.post('telephony/verify'), app.api.get('telephony/phone-numbers')]) {
      expect(problemOf(await asking)).toMatchObject({ status: 409, errorCode: 'telephony_disconnected' });
    }
    const path = `entry-points/${entryPoint.id}`;
    const { body: meanwhile } = await app.api.get<EntryPointDto>(path);
    expect(meanwhile).toMatchObject({ state: 'active', webhookUrl: entryPoint.webhookUrl });
    await untilAnswered(403);

    await connectTelephony(app);
    await untilAnswered(200);
    expect((await app.api.get(path)).body).toEqual(meanwhile);
    const contact = await textAndWait(app, { from: '+15005550199', body: 'Back again' });
    expect(contact.entryPointId).toBe(entryPoint.id);
  });

  test('takes signatures of the next token too while it rotates, and of no other', async () => {
    const { accountSid, authToken: first } = app.simulator;
    await untilAnswered(200);
    await twilio.rotateToken(NEXT_TOKEN);
    expect((await sendSms(app, {})).deliveries[0]!.status).toBe(403);
    await twilio.rotateToken(first);

    const rotation = { accountSid, authToken: first, nextAuthToken: NEXT_TOKEN };
    expect((await app.api.put('telephony', rotation)).body).toMatchObject({ rotating: true, state: 'connected' });
    expect((await sendSms(app, {})).deliveries[0]!.status).toBe(200);
    await twilio.rotateToken(NEXT_TOKEN);
    await untilAnswered(200);

    const ended = await app.api.put('telephony', { accountSid, authToken: NEXT_TOKEN });
    expect(ended.body).toMatchObject({ rotating: false, authTokenLast4: NEXT_TOKEN.slice(-4) });
    expect((await sendSms(app, {})).deliveries[0]!.status).toBe(200);
    await twilio.rotateToken(first);
    await untilAnswered(403);
  });

  test('belongs to one account at a time', async () => {
    const { accountSid, authToken } = app.simulator;
    const { api: other } = await buildAccount(app);
    const connectOther = (): ReturnType<typeof other.put> => other.put('telephony', { accountSid, authToken });
    expect(problemOf(await connectOther())).toMatchObject({ status: 409, errorCode: 'account_sid_taken' });
    expect((await other.get('telephony')).body).toMatchObject({ state: 'disconnected' });

    expectStatus(await app.api.delete('telephony'), 204);
    expectStatus(await connectOther(), 200);
    expect(problemOf(await app.api.put('telephony', { accountSid, authToken })).status).toBe(409);
    expectStatus(await other.delete('telephony'), 204);
  });
});

describe('Twilio out of reach', () => {
  let app: TestApp;

  beforeAll(async () => {
    // Port 1: nothing listens there.
    app = await startTestApp({ TWILIO_API_BASE_URL: 'http://127.0.0.1:1' });
  });
  afterAll(() => app.stop());

  test('answers 502 that says so, and connects nothing', async () => {
    const { accountSid, authToken } = app.simulator;
    const problem = problemOf(await app.api.put('telephony', { accountSid, authToken }));
    expect(problem).toMatchObject({ status: 502, errorCode: 'twilio_unreachable' });
    expect(problem.detail).toContain('Try again later');
    expect(JSON.stringify(problem)).not.toContain(authToken);
    expect((await app.api.get('telephony')).body).toMatchObject({ state: 'disconnected', accountSid: null });
  });
});
