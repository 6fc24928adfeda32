import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { EntryPointDto } from '../../../src/entry-points/entry-point.dto.js';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { eventually } from '../../support/eventually.ts';
import { buildEntryPoint, connectTelephony } from '../../support/factories.ts';
import { countRequests } from '../../support/journal.ts';
import { openDirectly, type DirectDatabase } from '../../support/postgres.ts';
import { buildForm, type WebhookAnswer, newMessageSid, postForm, postSigned } from '../../support/signed-forms.ts';
import type { TcpProxy } from '../../stack/tcp-proxy.ts';

describe('While the database is away', () => {
  let app: TestApp;
  let proxy: TcpProxy;
  let direct: DirectDatabase;
  let entryPoint: EntryPointDto;

  beforeAll(async () => {
    app = await startTestApp({}, { throughProxy: true });
    proxy = app.databaseProxy!;
    direct = await openDirectly(app.databaseUrl);
    await connectTelephony(app);
    entryPoint = await buildEntryPoint(app);
    await eventually('the intake knows it', async () => (await post(buildForm())).status === 200);
  });
  afterEach(() => proxy.pass());
  afterAll(async () => {
    await direct.close();
    await app.stop();
  });

  const post = (form: string): Promise<WebhookAnswer> => postSigned(app, entryPoint.webhookUrl, form);
  const isReady = async (): Promise<boolean> => (await fetch(`${app.url}/health/ready`)).status === 200;
  const countRows = async (messageSid: string): Promise<{ rows: number; messages: number }> => {
    const [counts] = await direct.query(
      `SELECT (SELECT count(*)::int FROM inbound_sms WHERE twilio_message_sid = $1) AS rows,
         (SELECT count(*)::int FROM messages WHERE twilio_message_sid = $1) AS messages`,
      [messageSid],
    );
    return counts as { rows: number; messages: number };
  };

  describe.each<[string, () => Promise<void> | void]>([
    ['refused', () => proxy.refuse()],
    ['black-holed', () => proxy.blackhole()],
  ])('%s', (_, cutOff) => {
    test('an SMS is answered 503 in time, and taken once when the database is back and Twilio tries again', async () => {
      await eventually('all is well before', isReady);
      const [messageSid, givenUp, before] = [newMessageSid(), newMessageSid(), await countRequests(app)];
      const form = buildForm({ MessageSid: messageSid });
      await cutOff();
      // Two at once: the second waits for the insert of the first.
      const refusals = await Promise.all([post(form), post(buildForm({ MessageSid: givenUp }))]);
      for (const refusal of refusals) {
        expect(refusal).toMatchObject({
          status: 503,
          contentType: 'text/xml; charset=utf-8',
          body: expect.stringMatching(
            /^<\?xml [^>]+\?><Response><!-- The SMS could not be stored[^<]* --><\/Response>$/,
          ),
        });
        expect(refusal.headers.get('retry-after')).toBe('2');
        expect(refusal.ms).toBeLessThan(3_000);
      }
      expect(await isReady()).toBe(false);
      expect((await fetch(`${app.url}/health/live`)).status).toBe(200);
      expect(sum(Object.values((await countRequests(app)).minus(before)))).toBe(2);
      expect(await countRows(messageSid)).toEqual({ rows: 0, messages: 0 });

      await proxy.pass();
      const taken = await eventually('the intake accepts it', async () => {
        const answer = await post(form);
        return answer.status === 200 && answer;
      });
      expect(taken.contentType).toBe('text/xml; charset=utf-8');
      await eventually('it is a message', async () => (await countRows(messageSid)).messages > 0, 45_000);
      await eventually('all is well again', isReady);
      expect(await countRows(messageSid)).toEqual({ rows: 1, messages: 1 });
      expect(await countRows(givenUp)).toEqual({ rows: 0, messages: 0 });
    }, 90_000);

    test.each([
      ['a wrong signature', 'wrong', (url: string) => url],
      ['an unknown key', 'wrong', (url: string) => url.replace(/\w+$/, '0'.repeat(32))],
    ])('%s is answered 503 in time: it may be right, and not known here yet', async (_name, signature, urlOf) => {
      await eventually('all is well before', isReady);
      await cutOff();
      const answer = await eventually('what is known here is old', async () => {
        const given = await postForm(urlOf(entryPoint.webhookUrl), buildForm(), { 'X-Twilio-Signature': signature });
        return given.status === 503 && given;
      });
      expect(answer).toMatchObject({ status: 503, contentType: 'text/xml; charset=utf-8' });
      expect(answer.ms).toBeLessThan(3_000);
    });
  });

  test('an entry point made a moment before is not unknown', async () => {
    for (const phoneNumber of ['+15005550007', '+390620004000', '+5511955550001']) {
      await eventually('all is well before', isReady);
      const { webhookUrl } = await buildEntryPoint(app, { phoneNumber });
      await proxy.refuse();
      const answer = await postSigned(app, webhookUrl, buildForm({ To: phoneNumber }));
      await proxy.pass();
      expect(answer).toMatchObject({ status: 503, contentType: 'text/xml; charset=utf-8' });
    }
  });

  test('connections that are cut are replaced, and no SMS is refused', async () => {
    await eventually('all is well before', isReady);
    const messageSid = newMessageSid();
    proxy.reset();
    const form = buildForm({ MessageSid: messageSid });
    await eventually('the intake accepts it', async () => (await post(form)).status === 200);
    await eventually('it is a message', async () => (await countRows(messageSid)).messages > 0);
    expect(await countRows(messageSid)).toEqual({ rows: 1, messages: 1 });
  });
});

const sum = (numbers: number[]): number => numbers.reduce((total, each) => total + each, 0);
