import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { EntryPointDto } from '../../../src/entry-points/entry-point.dto.js';
import { requestWalksAfterOutage } from '../../../src/reconciliation/reconciliation.queries.js';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { eventually } from '../../support/eventually.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../../support/factories.ts';
import {
  loseSms,
  readJournal,
  readReconciliations,
  reconcile,
  reconciliationOf,
  untilJudged,
} from '../../support/reconciliation.ts';
import { TwilioConsole } from '../../support/twilio-console.ts';

const [US, US_TOO] = ['+15005550006', '+15005550007'];
let customers = 0;
const newCustomer = (): string => `+1500555${3_000 + ++customers}`;

describe('Reconciliation while Twilio refuses', () => {
  let app: TestApp;
  let twilio: TwilioConsole;
  let support: EntryPointDto;

  beforeAll(async () => {
    app = await startTestApp();
    twilio = new TwilioConsole(app);
    await connectTelephony(app);
    support = await buildEntryPoint(app, { phoneNumber: US });
  });
  afterEach(() => twilio.makeTrouble({}));
  afterAll(() => app.stop());

  test('goes on from the same place when a page fails, and reads every page', async () => {
    const from = newCustomer();
    const count = 1_005;
    const bodies = Array.from({ length: count }, (_, n) => `page ${n}`);
    for (const body of bodies) await loseSms(app, { from, body });
    const before = await reconcile503(count);
    const messages = await eventually(
      'all of them, after the failure',
      async () => {
        const rows: { body: string }[] = await app.dataSource.query(
          `SELECT message.body FROM messages AS message JOIN contacts ON contacts.id = contact_id
           WHERE ani = $1 ORDER BY position`,
          [from],
        );
        return rows.length === count && rows;
      },
      60_000,
    );
    expect(messages.map(({ body }) => body)).toEqual(bodies);
    const after = await reconciliationOf(app, support);
    expect(after).toMatchObject({ lastError: null, failingSince: null });
    expect(Date.parse(String(after.watermark))).toBeGreaterThan(Date.parse(String(before.watermark)));
    expect(after.foundMissing).toBe(before.foundMissing + count);
  }, 120_000);

  /** The second page is refused once: nothing of the first may count. */
  async function reconcile503(count: number) {
    const before = await reconciliationOf(app, support);
    await twilio.makeTrouble({ rest: [{ status: 503, times: 1, path: 'PageToken' }] });
    await requestWalksAfterOutage(app.dataSource.manager);
    const failing = await eventually('its failure', async () => {
      const now = await reconciliationOf(app, support);
      return now.failingSince !== null && now;
    });
    expect(failing).toMatchObject({
      watermark: before.watermark,
      lastWalkAt: before.lastWalkAt,
      foundMissing: before.foundMissing,
      lastError: expect.stringMatching(/503|unavailable/i),
    });
    expect(await readJournal(app, 'source=reconciled&limit=100')).not.toContainEqual(
      expect.objectContaining({ body: `page ${count - 1}` }),
    );
    return before;
  }

  test('rests the whole account when Twilio is asked too much, then comes back', async () => {
    const other = await buildEntryPoint(app, { phoneNumber: US_TOO });
    const [before] = await Promise.all([reconciliationOf(app, support), reconciliationOf(app, other)]);
    const messageSid = await loseSms(app, { from: newCustomer() });
    await twilio.makeTrouble({ rest: [{ status: 429, times: 1, path: 'Messages.json' }] });
    const walk = reconcile(app, support);
    const dueBefore = await eventually('the refusal', async () => {
      const all = await readReconciliations(app);
      const refused = all.find(({ lastError }) => lastError?.includes('20429'));
      return refused !== undefined && all.filter(({ nextWalkAt }) => nextWalkAt < refused.nextWalkAt);
    });
    expect(dueBefore).toEqual([]);
    expect((await walk).watermark).not.toBe(before.watermark);
    expect(await untilJudged(app, messageSid)).toMatchObject({ source: 'reconciled' });
    await eventually('no error', async () =>
      (await readReconciliations(app)).every(({ lastError }) => lastError === null),
    );
    expectStatus(await app.api.delete(`entry-points/${other.id}`), 204);
  }, 60_000);
});
