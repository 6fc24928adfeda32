import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { open, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startTestProcess } from '../../support/app.ts';
import { eventually } from '../../support/eventually.ts';
import { bodies, IntakeWithSpool } from '../../support/intake-with-spool.ts';
import { countRequests } from '../../support/journal.ts';
import { buildForm, postForm, signForm } from '../../support/signed-forms.ts';
import { makeSpool } from '../../support/spool.ts';
import { textDuringOutage, TEXTS } from '../../support/spool-outage.ts';

describe('The spool at the intake', () => {
  let intake: IntakeWithSpool;

  beforeAll(async () => {
    intake = await IntakeWithSpool.start();
  });
  beforeEach(() => intake.beginTest());
  afterEach(() => intake.endTest());
  afterAll(() => intake.stop());

  test.each<[string, () => Promise<() => Promise<unknown>>]>([
    [
      'refused',
      async () => {
        await intake.proxy.refuse();
        return () => intake.proxy.pass();
      },
    ],
    [
      'black-holed',
      async () => {
        intake.proxy.blackhole();
        return () => intake.proxy.pass();
      },
    ],
    [
      'too slow',
      async () => {
        await intake.direct.query('BEGIN');
        await intake.direct.query('LOCK TABLE inbound_sms IN ACCESS EXCLUSIVE MODE');
        return () => intake.direct.query('ROLLBACK');
      },
    ],
    ['read-only, as after a switch to a standby', () => intake.raise('read_only_sql_transaction')],
    ['out of memory', () => intake.raise('out_of_memory')],
  ])(
    'keeps SMS, encrypted, while the database is %s, and gives them to the journal once and in order',
    async (_, takeAway) => expect(await textDuringOutage(intake, takeAway)).toEqual(TEXTS),
    90_000,
  );

  /** Changes one byte in the midst of a record, the first being 1. */
  async function breakRecord(number: number): Promise<void> {
    for (const name of await intake.spool.files('spool')) {
      const bytes = await readFile(join(intake.spool.folder, name));
      const ends = [...bytes.keys()].filter((at) => bytes[at] === 0x0a);
      if (number > ends.length) {
        number -= ends.length;
        continue;
      }
      const at = ends[number - 1]! - 9;
      const file = await open(join(intake.spool.folder, name), 'r+');
      await file.write(Buffer.from([bytes[at]! ^ 0x04]), 0, 1, at);
      await file.close();
      return;
    }
    throw new Error('The spool has no such record');
  }

  test('a record that is broken in the middle is put aside, and holds up no other', async () => {
    const setAside = await intake.metric('sms_spool_set_aside_total');
    const bringBack = await intake.raise('disk_full');
    const sent = bodies(3);
    for (const body of sent) await intake.text(body);
    await eventually('that all are in finished segments', async () => (await intake.spool.files('open')).length === 0);
    await breakRecord(2);
    await eventually('it is put aside', async () => (await intake.spool.files('quarantine')).length === 1);
    await bringBack();
    await eventually('the others', async () => (await intake.thread()).length === 2);
    expect(await intake.thread()).toEqual([sent[0], sent[2]]);
    expect((await intake.metric('sms_spool_set_aside_total')) - setAside).toBe(1);
    expect(await intake.spool.files()).toEqual([expect.stringMatching(/\.quarantine$/)]);
    expect((await intake.text('after')).status).toBe(200);
  });

  test('no process overtakes what another one with the same folder has in it', async () => {
    // Its line to the database is whole.
    const other = await startTestProcess(intake.app, intake.env);
    const before = await countRequests(intake.app);
    const sent = bodies(30);
    try {
      await intake.proxy.refuse();
      for (const [n, body] of sent.entries()) {
        const form = buildForm({ From: intake.customer, Body: body });
        const signature = signForm(intake.app.simulator.authToken, intake.entryPoint.webhookUrl, form);
        const receiver = n % 3 === 2 ? other.url : intake.app.url;
        const answer = await postForm(intake.entryPoint.webhookUrl.replace(intake.app.url, receiver), form, {
          'X-Twilio-Signature': signature,
        });
        expect(answer).toMatchObject({ status: 200 });
      }
    } finally {
      await intake.proxy.pass();
    }
    await eventually('all in the thread', async () => (await intake.thread()).length === sent.length, 30_000);
    expect(await intake.journal()).toEqual(sent);
    expect(await intake.thread()).toEqual(sent);
    expect((await countRequests(intake.app)).minus(before)).toEqual({ spooled: 20, accepted: 10 });
    await other.stop();
  }, 90_000);

  test('another process gives to the journal what a dead one has left', async () => {
    const left = await makeSpool();
    const other = await startTestProcess({ ...intake.app, databaseUrl: intake.proxy.url }, left.env);
    try {
      await intake.proxy.refuse();
      for (const body of bodies(3)) {
        const form = buildForm({ From: intake.customer, Body: body });
        const signature = signForm(intake.app.simulator.authToken, intake.entryPoint.webhookUrl, form);
        const answer = await postForm(intake.entryPoint.webhookUrl.replace(intake.app.url, other.url), form, {
          'X-Twilio-Signature': signature,
        });
        expect(answer).toMatchObject({ status: 200 });
      }
    } finally {
      await other.stop();
    }
    // As if it had ended half a minute ago, with its segment open.
    const then = new Date(Date.now() - 30_000);
    const names = await left.files();
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      const file = join(intake.spool.folder, name.replace('.spool', '.open'));
      await writeFile(file, await readFile(join(left.folder, name)));
      await utimes(file, then, then);
    }
    await left.remove();
    await intake.proxy.pass();
    await eventually('all of them', async () => (await intake.thread()).length === 3, 30_000);
    expect(await intake.thread()).toEqual(bodies(3));
  }, 90_000);
});
