import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { EntryPointDto } from '../../src/entry-points/entry-point.dto.js';
import type { WebhookState } from '../../src/entry-points/webhook-state.js';
import { SweeperService } from '../../src/queue/sweeper.service.js';
import { startTestApp, startTestProcess, type TestApp, type TestProcess } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { buildCampaign, connectTelephony, expectStatus } from '../support/factories.ts';
import { TwilioConsole } from '../support/twilio-console.ts';

const FOREIGN = 'https://crm.example.com/sms';
/** So long that only what is due for another reason is looked at. */
const RARELY = { WEBHOOK_CHECK_MINUTES: '1440' };

let made = 0;

describe('Webhooks are looked at in the background', () => {
  let app: TestApp;
  let twilio: TwilioConsole;
  let campaignId: string;

  beforeAll(async () => {
    app = await startTestApp(RARELY);
    twilio = new TwilioConsole(app);
    await connectTelephony(app);
    campaignId = (await buildCampaign(app)).id;
  });
  afterAll(() => app.stop());
  afterEach(() => twilio.makeTrouble({}));

  const create = async (): Promise<EntryPointDto> => {
    const phoneNumber = `+1500300${String(++made).padStart(4, '0')}`;
    const { sid: phoneNumberSid } = await twilio.addNumber({ phoneNumber });
    const body = { campaignId, name: `On ${phoneNumber}`, language: 'en-US', phoneNumberSid };
    return expectStatus(await app.api.post<EntryPointDto>('entry-points', body), 201);
  };
  const createSet = async (): Promise<EntryPointDto> => {
    const entryPoint = await create();
    expectStatus(await app.api.post(`entry-points/${entryPoint.id}/webhook`), 200);
    return entryPoint;
  };
  const read = async ({ id }: EntryPointDto): Promise<EntryPointDto> =>
    expectStatus(await app.api.get<EntryPointDto>(`entry-points/${id}`), 200);
  const untilState = (entryPoint: EntryPointDto, state: WebhookState): Promise<EntryPointDto> =>
    eventually(`the state ${state}`, async () => {
      const now = await read(entryPoint);
      return now.webhook.state === state && now.webhook.checkedAt !== null && now;
    });
  /** As if the last look had been a day ago. */
  const makeDue = async (): Promise<void> => {
    await app.dataSource.query(`UPDATE accounts SET webhooks_checked_at = now() - interval '1441 minutes'`);
  };
  const moveToService = async (phoneNumber: string): Promise<void> => {
    const given = { friendlyName: 'Notify', useInboundWebhookOnNumber: false };
    await twilio.changeNumber(phoneNumber, { messagingServiceSid: await twilio.addMessagingService(given) });
  };

  test('a new entry point is, at once', async () => {
    const entryPoint = await create();
    expect(entryPoint.webhook).toEqual({ state: 'unknown', checkedAt: null });
    await untilState(entryPoint, 'not_set');
  });

  test('one with another number is, at once', async () => {
    const [entryPoint, { phoneNumberSid }] = [await createSet(), await create()];
    const { sid } = await twilio.addNumber({
      phoneNumber: `+1500300${String(++made).padStart(4, '0')}`,
      smsUrl: FOREIGN,
    });
    expect(sid).not.toBe(phoneNumberSid);
    expectStatus(await app.api.patch(`entry-points/${entryPoint.id}`, { phoneNumberSid: sid }), 200);
    await untilState(entryPoint, 'changed');
  });

  test('one that was changed just when its account was being looked at is, seconds later', async () => {
    const entryPoint = await createSet();
    await untilQuiet();
    await app.dataSource.query(
      `WITH looked AS (UPDATE accounts SET webhooks_checked_at = now())
       UPDATE entry_points SET webhook_state = 'unknown', webhook_checked_at = NULL, updated_at = now() - interval '1 second'
       WHERE id = $1`,
      [entryPoint.id],
    );
    const { webhook } = await untilState(entryPoint, 'set');
    expect(new Date(webhook.checkedAt!).getTime()).toBeGreaterThan(new Date(entryPoint.createdAt).getTime());
  });

  test.each<[WebhookState, (number: string) => Promise<unknown>]>([
    ['changed', (number) => twilio.changeNumber(number, { smsUrl: FOREIGN })],
    ['changed', (number) => twilio.changeNumber(number, { smsMethod: 'GET' })],
    ['not_set', (number) => twilio.changeNumber(number, { smsUrl: '' })],
    [
      'overridden_by_application',
      async (number) => twilio.changeNumber(number, { smsApplicationSid: await twilio.addApplication() }),
    ],
    ['overridden_by_messaging_service', moveToService],
    ['number_missing', (number) => twilio.removeNumber(number)],
  ])('%s is found, and is no change of the entry point itself', async (state, drift) => {
    const [entryPoint, another] = [await createSet(), await createSet()];
    const before = await untilState(entryPoint, 'set');
    await drift(entryPoint.phoneNumber);
    await makeDue();
    const { webhook, ...after } = await untilState(entryPoint, state);
    const { webhook: _, ...unchanged } = before;
    expect(after).toEqual(unchanged);
    expect(new Date(webhook.checkedAt!).getTime()).toBeGreaterThan(new Date(before.webhook.checkedAt!).getTime());
    expect((await read(another)).webhook.state).toBe('set');
  });

  test('while Twilio cannot be asked nothing is known, and afterwards it is again, without waiting for the next turn', async () => {
    const entryPoint = await createSet();
    await twilio.makeTrouble({ rest: [{ status: 503, times: 1_000 }] });
    await makeDue();
    const away = await untilState(entryPoint, 'unknown');
    expect(away.webhook.checkedAt).not.toBeNull();

    await twilio.makeTrouble({});
    await app.dataSource.query(`UPDATE accounts SET webhooks_checked_at = now() - interval '61 seconds'`);
    await untilState(entryPoint, 'set');
  });

  test('nothing is asked before it is due', async () => {
    const entryPoint = await createSet();
    await untilQuiet();
    const before = await countListings();
    await twilio.changeNumber(entryPoint.phoneNumber, { smsUrl: FOREIGN });
    for (let sweep = 0; sweep < 3; sweep++) await sweepNow(app);
    expect((await read(entryPoint)).webhook.state).toBe('set');
    await makeDue();
    await untilState(entryPoint, 'changed');
    expect((await countListings()) - before).toBe(1);
  });

  test('one list of the numbers is read, however many there are, by one of two schedulers', async () => {
    await Promise.all([1, 2, 3].map(createSet));
    const second = await startTestProcess(app, { ...RARELY, ROLES: 'scheduler' });
    try {
      await untilQuiet();
      const before = await countListings();
      for (let round = 1; round <= 5; round++) {
        await makeDue();
        await Promise.all([sweepNow(app), sweepNow(second)]);
        await untilQuiet();
        expect((await countListings()) - before).toBe(round);
      }
    } finally {
      await second.stop();
    }
  });

  test('what somebody sets while Twilio is slow to answer stays', async () => {
    const entryPoint = await createSet();
    await twilio.changeNumber(entryPoint.phoneNumber, { smsUrl: FOREIGN });
    await twilio.makeTrouble({ slowMs: 1_000 });
    const asked = await countListings();
    await makeDue();
    await eventually('the question', async () => (await countListings()) > asked);
    expectStatus(await app.api.post(`entry-points/${entryPoint.id}/webhook`), 200);
    await twilio.makeTrouble({});
    await untilQuiet();
    expect((await read(entryPoint)).webhook.state).toBe('set');
  });

  test('another Twilio account is looked at as soon as it is connected', async () => {
    const entryPoint = await createSet();
    await untilQuiet();
    expectStatus(await app.api.delete('telephony'), 204);
    await twilio.changeNumber(entryPoint.phoneNumber, { smsUrl: FOREIGN });
    for (let sweep = 0; sweep < 3; sweep++) await sweepNow(app);
    expect((await read(entryPoint)).webhook.state).toBe('set');
    await connectTelephony(app);
    await untilState(entryPoint, 'changed');
  });

  test('the metrics tell how many there are of each state', async () => {
    const entryPoint = await createSet();
    const before = await eventually('the gauge', () => readGauge(app, 'overridden_by_messaging_service'));
    await moveToService(entryPoint.phoneNumber);
    await makeDue();
    await untilState(entryPoint, 'overridden_by_messaging_service');
    const counted = await eventually('one more', async () => {
      const now = await readGauge(app, 'overridden_by_messaging_service');
      return now !== before && now;
    });
    expect(counted).toBe(String(Number(before) + 1));
  });

  const sweepNow = (process: Pick<TestProcess, 'app'>): Promise<void> => process.app.get(SweeperService).sweep();

  /** Until every entry point was looked at since the account was last taken up: nobody asks Twilio any more. */
  const untilQuiet = (): Promise<boolean> =>
    eventually('the end of the look', async () => {
      const [{ isQuiet }] = await app.dataSource.query(
        `SELECT bool_and(webhook_state <> 'unknown' AND point.webhook_checked_at >= date_trunc('milliseconds', account.webhooks_checked_at)
           AND account.webhooks_checked_at >= connection.updated_at) AS "isQuiet"
         FROM entry_points AS point JOIN accounts AS account ON account.id = point.account_id
           JOIN telephony_connections AS connection ON connection.account_id = account.id`,
      );
      return isQuiet as boolean;
    });

  async function countListings(): Promise<number> {
    const answer = await fetch(`${app.simulator.url}/sim/v1/requests?direction=in&path=/IncomingPhoneNumbers.json`);
    const log = (await answer.json()) as { requests: unknown[] } | unknown[];
    return (Array.isArray(log) ? log : log.requests).length;
  }
});

async function readGauge({ url }: Pick<TestProcess, 'url'>, state: WebhookState): Promise<string | undefined> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return new RegExp(`^sms_webhooks\\{state="${state}"\\} (\\d+)$`, 'm').exec(metrics)?.[1];
}
