import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ConsumerDto } from '../../src/contact-events/consumer.dto.js';
import type { ContactEventPageDto } from '../../src/contact-events/contact-event.dto.js';
import { mendRestoredLog } from '../../src/contact-events/restored-log.js';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { buildEntryPoint, connectTelephony } from '../support/factories.ts';
import { sendSms } from '../support/phone.ts';

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
});
