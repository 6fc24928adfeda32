import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ConsumerDto } from '../../src/contact-events/consumer.dto.js';
import type { ContactEventPageDto } from '../../src/contact-events/contact-event.dto.js';
import { mendRestoredLog } from '../../src/contact-events/restored-log.js';
import { LOG_START, toSequence } from '../../src/contact-events/sequence.js';
import { firstAccountId } from '../support/accounts.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { buildEntryPoint, connectTelephony } from '../support/factories.ts';
import { sendSms } from '../support/phone.ts';
import { problemOf } from '../support/problems.ts';

describe('The event log, restored into another database cluster', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
    await connectTelephony(app);
    await buildEntryPoint(app);
    await app.api.put('consumers/billing', {});
  });
  afterAll(() => app.stop());

  const readLog = async (): Promise<string[]> => {
    const { body } = await app.api.get<ContactEventPageDto>('events');
    return body.data.map(({ id }) => id);
  };
  const published = async (): Promise<number> =>
    (await app.api.get<ConsumerDto>('consumers/billing')).body.publishedCount;

  test('is left alone when nothing is wrong', async () => {
    await sendSms(app, { body: 'one' });
    await eventually('two events', async () => (await published()) === 2);
    expect(await mendRestoredLog(app.dataSource)).toBe(false);
  });

  test('is readable again in the same order, and consumers get what comes', async () => {
    const before = await readLog();
    // As after a restore: what was written there has ids that this cluster has not reached.
    await app.dataSource.query(
      `UPDATE contact_events SET transaction_id = ((transaction_id::text)::bigint + 4000000000)::text::xid8`,
    );
    await app.dataSource.query(
      `UPDATE consumers SET cursor_transaction_id = ((cursor_transaction_id::text)::bigint + 4000000000)::text::xid8`,
    );
    expect(await readLog()).toEqual([]);

    expect(await mendRestoredLog(app.dataSource)).toBe(true);
    expect(await readLog()).toEqual(before);
    await sendSms(app, { body: 'two' });
    await eventually('the third event', async () => (await published()) === 3);
    expect(await mendRestoredLog(app.dataSource)).toBe(false);
  });

  /** As a log whose first `count` events were pruned there, and then restored here. */
  const pruneAndRestore = async (count: number): Promise<void> => {
    const accountId = await firstAccountId(app);
    await app.dataSource.query(
      `WITH pruned AS (
         DELETE FROM contact_events WHERE id IN (
           SELECT id FROM contact_events ORDER BY transaction_id, position LIMIT $2) RETURNING position)
       INSERT INTO event_log_horizons (account_id, transaction_id, position)
       SELECT $1, ((pg_current_xact_id()::text)::bigint + 4000000000)::text::xid8, max(position) FROM pruned
       ON CONFLICT (account_id) DO UPDATE
         SET transaction_id = excluded.transaction_id, position = excluded.position`,
      [accountId, count],
    );
    await app.dataSource.query(
      `UPDATE contact_events SET transaction_id = ((pg_current_xact_id()::text)::bigint + 4000000001)::text::xid8`,
    );
    await app.dataSource.query(
      `UPDATE consumers SET cursor_transaction_id = ((pg_current_xact_id()::text)::bigint + 4000000002)::text::xid8`,
    );
  };

  test.each([
    ['some', 1],
    ['all', 1_000],
  ])('still tells that %s of its events were pruned, and gives every other', async (_, count) => {
    const before = (await readLog()).slice(count);
    const sofar = await published();
    await pruneAndRestore(count);
    expect(await mendRestoredLog(app.dataSource)).toBe(true);
    expect(await mendRestoredLog(app.dataSource)).toBe(false);
    expect(await readLog()).toEqual(before);

    const answer = await app.api.get(`events?after=${toSequence(LOG_START)}`);
    const { status, resumeAfter } = problemOf(answer);
    expect(status).toBe(410);
    await sendSms(app, { body: 'three' });
    await eventually('one event more', async () => (await published()) === sofar + 1);
    const { body } = await app.api.get<ContactEventPageDto>(`events?after=${String(resumeAfter)}`);
    expect(body.data.map(({ id }) => id).slice(0, before.length)).toEqual(before);
    expect(body.data).toHaveLength(before.length + 1);
  });
});
