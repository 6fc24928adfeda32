import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { rename } from 'node:fs/promises';
import { startTestProcess, type TestProcess } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { bodies, IntakeWithSpool } from '../support/intake-with-spool.ts';
import { sendSms } from '../support/phone.ts';
import { loseSms, reconciliationOf } from '../support/reconciliation.ts';
import { textDuringOutage, TEXTS } from '../support/spool-outage.ts';

describe('The spool at the intake', () => {
  let intake: IntakeWithSpool;

  beforeAll(async () => {
    intake = await IntakeWithSpool.start();
  });
  beforeEach(() => intake.beginTest());
  afterEach(() => intake.endTest());
  afterAll(() => intake.stop());

  test(
    'keeps SMS, encrypted, while the database is full, and gives them to the journal once and in order',
    async () => expect(await textDuringOutage(intake, () => intake.raise('disk_full'))).toEqual(TEXTS),
    90_000,
  );

  test('when it is full, or off, Twilio is told to try again', async () => {
    const bringBack = await intake.raise('disk_full');
    try {
      const refused = await eventually('a full spool', async () => {
        const answers = await Promise.all(bodies(10).map(() => intake.text('x'.repeat(5_000))));
        return answers.find(({ status }) => status !== 200);
      });
      expect(refused).toMatchObject({ status: 503, body: expect.stringContaining('could not be stored') });
      expect(refused.headers.get('retry-after')).toBe('2');
      expect(refused.ms).toBeLessThan(3_000);
    } finally {
      await bringBack();
    }
    await eventually('an empty spool', async () => (await intake.spool.files('spool')).length === 0, 30_000);
  }, 60_000);

  test('a folder that is gone keeps no SMS out while the journal takes them', async () => {
    const gone = `${intake.spool.folder}-gone`;
    await rename(intake.spool.folder, gone);
    try {
      expect((await intake.text('without a spool')).status).toBe(200);
    } finally {
      await rename(gone, intake.spool.folder);
    }
    await eventually('it in the thread', async () => (await intake.thread()).length === 1);
  });

  test('a walk through the list of Twilio does not take what is in it for missing', async () => {
    const { foundMissing } = await reconciliationOf(intake.app, intake.entryPoint);
    let scheduler: TestProcess | undefined;
    try {
      await intake.proxy.refuse();
      const { messageSid: spooled } = await sendSms(intake.app, {
        from: intake.customer,
        to: intake.entryPoint.phoneNumber,
        body: 'spooled',
      });
      const lost = await loseSms(intake.app, {
        from: intake.customer,
        to: intake.entryPoint.phoneNumber,
        body: 'lost',
      });
      // A walk of the process whose line is cut may hold the number for another half a minute.
      await intake.direct.query('UPDATE reconciliations SET take_until = now(), due_at = now(), leased_until = now()');
      // Its line to the database is whole: it walks as soon as it is up, before the intake has the database again.
      scheduler = await startTestProcess(intake.app, { ...intake.spool.env, ROLES: 'scheduler' });
      const rows = await eventually('both in the journal', async () => {
        const found = await intake.direct.query(
          'SELECT twilio_message_sid AS sid, sent_at AS "fetchedFrom" FROM inbound_sms WHERE from_number = $1',
          [intake.customer],
        );
        return found.length === 2 && found;
      });
      expect(rows.find(({ sid }) => sid === spooled)).toMatchObject({ fetchedFrom: null });
      expect(rows.find(({ sid }) => sid === lost)).toMatchObject({ fetchedFrom: expect.any(Date) });
      expect(await intake.spool.files('spool')).toEqual([]);
    } finally {
      await intake.proxy.pass();
      await scheduler?.stop();
    }
    await intake.untilReady();
    const counted = async (): Promise<boolean> =>
      (await reconciliationOf(intake.app, intake.entryPoint)).foundMissing === foundMissing + 1;
    await eventually('the walk counts one', counted, 30_000);
  }, 60_000);
});
