import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { open, readFile, rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EntryPointDto } from '../../src/entry-points/entry-point.dto.js';
import { startTestApp, startTestProcess, type TestApp, type TestProcess } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { buildEntryPoint, connectTelephony } from '../support/factories.ts';
import { countRequests } from '../support/journal.ts';
import { sendSms } from '../support/phone.ts';
import { type DirectDatabase, openDirectly } from '../support/postgres.ts';
import { loseSms, reconciliationOf } from '../support/reconciliation.ts';
import { buildForm, type DoorAnswer, newMessageSid, postForm, postSigned, signForm } from '../support/signed-forms.ts';
import { makeSpool, type TestSpool } from '../support/spool.ts';
import type { TcpProxy } from '../stack/tcp-proxy.ts';

describe('The spool at the door', () => {
  let app: TestApp;
  let proxy: TcpProxy;
  let direct: DirectDatabase;
  let entryPoint: EntryPointDto;
  let spool: TestSpool;
  let customers = 0;
  let customer: string;

  beforeAll(async () => {
    spool = await makeSpool();
    app = await startTestApp({ ...spool.env, SPOOL_MAX_MB: '1' }, { throughProxy: true });
    proxy = app.databaseProxy!;
    direct = await openDirectly(app.databaseUrl);
    await connectTelephony(app);
    entryPoint = await buildEntryPoint(app);
    await eventually('the door knows it', async () => (await text('first')).status === 200);
  });
  beforeEach(async () => {
    customer = `+1500556${1000 + ++customers}`;
    await eventually('all is well before', async () => (await fetch(`${app.url}/health/ready`)).status === 200, 30_000);
  });
  afterEach(async () => {
    await proxy.pass();
    await eventually('an empty spool', async () => (await spool.files('open')).length === 0, 30_000);
  });
  afterAll(async () => {
    await direct.close();
    await app.stop();
    await spool.remove();
  });

  const text = (Body: string, given: Record<string, string> = {}, url = entryPoint.webhookUrl): Promise<DoorAnswer> =>
    postSigned(app, url, buildForm({ From: customer, Body, ...given }));
  const journal = async (): Promise<string[]> =>
    (await direct.query('SELECT body FROM inbound_sms WHERE from_number = $1 ORDER BY received_order', [customer])).map(
      ({ body }) => String(body),
    );
  const thread = async (): Promise<string[]> =>
    (
      await direct.query(
        `SELECT body FROM messages JOIN contacts AS contact ON contact.id = contact_id WHERE ani = $1 ORDER BY position`,
        [customer],
      )
    ).map(({ body }) => String(body));
  const metric = async (name: string): Promise<number> => {
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    return Number(new RegExp(`^${name} ([\\d.e+-]+)$`, 'm').exec(metrics)?.[1]);
  };
  const bodies = (count: number): string[] => Array.from({ length: count }, (_, n) => `secret words ${n + 1}`);

  describe.each<[string, () => Promise<() => Promise<unknown>>]>([
    [
      'refused',
      async () => {
        await proxy.refuse();
        return () => proxy.pass();
      },
    ],
    [
      'black-holed',
      async () => {
        proxy.blackhole();
        return () => proxy.pass();
      },
    ],
    [
      'too slow',
      async () => {
        await direct.query('BEGIN');
        await direct.query('LOCK TABLE inbound_sms IN ACCESS EXCLUSIVE MODE');
        return () => direct.query('ROLLBACK');
      },
    ],
    ['full', () => raise('disk_full')],
    ['read-only, as after a switch to a standby', () => raise('read_only_sql_transaction')],
    ['out of memory', () => raise('out_of_memory')],
  ])('while the database is %s', (_, takeAway) => {
    test('keeps SMS, encrypted, and gives them to the journal once and in order when it is back', async () => {
      const before = await countRequests(app);
      const sent = bodies(12);
      const startedAt = Date.now();
      const bringBack = await takeAway();
      const messageSid = newMessageSid();
      try {
        for (const body of sent) {
          const answer = await text(body, body === sent[0] ? { MessageSid: messageSid } : {});
          expect(answer).toMatchObject({ status: 200, contentType: 'text/xml; charset=utf-8' });
          expect(answer.ms).toBeLessThan(3_000);
        }
        expect((await text(sent[0]!, { MessageSid: messageSid })).status).toBe(200);
        const kept = await spool.read();
        expect(kept.split('\n').length - 1).toBeGreaterThanOrEqual(13);
        for (const canary of ['secret', 'Body', customer.slice(1), messageSid]) expect(kept).not.toContain(canary);
        expect(await metric('sms_spool_bytes')).toBeGreaterThan(0);
      } finally {
        await bringBack();
      }
      const takenBackAt = Date.now();
      await eventually('all in the thread', async () => (await thread()).length === sent.length, 45_000);
      expect(await journal()).toEqual(sent);
      expect(await thread()).toEqual(sent);
      const [row] = await direct.query('SELECT received_at AS at FROM inbound_sms WHERE twilio_message_sid = $1', [
        messageSid,
      ]);
      expect((row!['at'] as Date).getTime()).toBeLessThan(takenBackAt);
      expect((row!['at'] as Date).getTime()).toBeGreaterThanOrEqual(startedAt);
      await eventually('an empty spool', async () => (await spool.files()).length === 0);
      expect(await metric('sms_spool_oldest_seconds')).toBe(0);

      expect((await text('after')).status).toBe(200);
      expect(await spool.files()).toEqual([]);
      expect((await countRequests(app)).minus(before)).toEqual({ spooled: 13, accepted: 1 });
    }, 90_000);
  });

  /** Changes one byte in the midst of a record, the first being 1. */
  async function breakRecord(number: number): Promise<void> {
    for (const name of await spool.files('spool')) {
      const bytes = await readFile(join(spool.folder, name));
      const ends = [...bytes.keys()].filter((at) => bytes[at] === 0x0a);
      if (number > ends.length) {
        number -= ends.length;
        continue;
      }
      const at = ends[number - 1]! - 9;
      const file = await open(join(spool.folder, name), 'r+');
      await file.write(Buffer.from([bytes[at]! ^ 0x04]), 0, 1, at);
      await file.close();
      return;
    }
    throw new Error('The spool has no such record');
  }

  /** Every insert into the journal fails as it does when that is so. */
  async function raise(condition: string): Promise<() => Promise<unknown>> {
    await direct.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'not now' USING ERRCODE = '${condition}'; END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON inbound_sms FOR EACH STATEMENT EXECUTE FUNCTION refuse()`);
    return () => direct.query('DROP TRIGGER refuse ON inbound_sms; DROP FUNCTION refuse()');
  }

  test('a record that is broken in the middle is put aside, and holds up no other', async () => {
    const setAside = await metric('sms_spool_set_aside_total');
    const bringBack = await raise('disk_full');
    const sent = bodies(3);
    for (const body of sent) await text(body);
    await eventually('that all are in finished segments', async () => (await spool.files('open')).length === 0);
    await breakRecord(2);
    await eventually('it is put aside', async () => (await spool.files('quarantine')).length === 1);
    await bringBack();
    await eventually('the others', async () => (await thread()).length === 2);
    expect(await thread()).toEqual([sent[0], sent[2]]);
    expect((await metric('sms_spool_set_aside_total')) - setAside).toBe(1);
    expect(await spool.files()).toEqual([expect.stringMatching(/\.quarantine$/)]);
    expect((await text('after')).status).toBe(200);
  });

  test('when it is full, or off, Twilio is told to try again', async () => {
    const bringBack = await raise('disk_full');
    try {
      const refused = await eventually('a full spool', async () => {
        const answers = await Promise.all(bodies(50).map(() => text('x'.repeat(5_000))));
        return answers.find(({ status }) => status !== 200);
      });
      expect(refused).toMatchObject({ status: 503, body: expect.stringContaining('could not be stored') });
      expect(refused.headers.get('retry-after')).toBe('2');
      expect(refused.ms).toBeLessThan(3_000);
    } finally {
      await bringBack();
    }
    await eventually('an empty spool', async () => (await spool.files('spool')).length === 0, 30_000);
  }, 60_000);

  test('no process overtakes what another one with the same folder has in it', async () => {
    // Its line to the database is whole.
    const other = await startTestProcess(app, { ...spool.env, SPOOL_MAX_MB: '1' });
    const before = await countRequests(app);
    const sent = bodies(30);
    try {
      await proxy.refuse();
      for (const [n, body] of sent.entries()) {
        const form = buildForm({ From: customer, Body: body });
        const signature = signForm(app.simulator.authToken, entryPoint.webhookUrl, form);
        const door = n % 3 === 2 ? other.url : app.url;
        const answer = await postForm(entryPoint.webhookUrl.replace(app.url, door), form, {
          'X-Twilio-Signature': signature,
        });
        expect(answer).toMatchObject({ status: 200 });
      }
    } finally {
      await proxy.pass();
    }
    await eventually('all in the thread', async () => (await thread()).length === sent.length, 30_000);
    expect(await journal()).toEqual(sent);
    expect(await thread()).toEqual(sent);
    expect((await countRequests(app)).minus(before)).toEqual({ spooled: 20, accepted: 10 });
    await other.stop();
  }, 90_000);

  test('a folder that is gone keeps no SMS out while the journal takes them', async () => {
    const gone = `${spool.folder}-gone`;
    await rename(spool.folder, gone);
    try {
      expect((await text('without a spool')).status).toBe(200);
    } finally {
      await rename(gone, spool.folder);
    }
    await eventually('it in the thread', async () => (await thread()).length === 1);
  });

  test('another process gives to the journal what a dead one has left', async () => {
    const left = await makeSpool();
    const other = await startTestProcess({ ...app, databaseUrl: proxy.url }, left.env);
    try {
      await proxy.refuse();
      for (const body of bodies(3)) {
        const form = buildForm({ From: customer, Body: body });
        const signature = signForm(app.simulator.authToken, entryPoint.webhookUrl, form);
        const answer = await postForm(entryPoint.webhookUrl.replace(app.url, other.url), form, {
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
      const file = join(spool.folder, name.replace('.spool', '.open'));
      await writeFile(file, await readFile(join(left.folder, name)));
      await utimes(file, then, then);
    }
    await left.remove();
    await proxy.pass();
    await eventually('all of them', async () => (await thread()).length === 3, 30_000);
    expect(await thread()).toEqual(bodies(3));
  }, 90_000);

  test('a walk through the list of Twilio does not take what is in it for missing', async () => {
    const { foundMissing } = await reconciliationOf(app, entryPoint);
    let scheduler: TestProcess | undefined;
    try {
      await proxy.refuse();
      const { messageSid: spooled } = await sendSms(app, {
        from: customer,
        to: entryPoint.phoneNumber,
        body: 'spooled',
      });
      const lost = await loseSms(app, { from: customer, to: entryPoint.phoneNumber, body: 'lost' });
      // A walk of the process whose line is cut may hold the number for another half a minute.
      await direct.query('UPDATE reconciliations SET take_until = now(), due_at = now(), leased_until = now()');
      // Its line to the database is whole: it walks as soon as it is up, before the door has the database again.
      scheduler = await startTestProcess(app, { ...spool.env, ROLES: 'scheduler' });
      const rows = await eventually('both in the journal', async () => {
        const found = await direct.query(
          'SELECT twilio_message_sid AS sid, sent_at AS "fetchedFrom" FROM inbound_sms WHERE from_number = $1',
          [customer],
        );
        return found.length === 2 && found;
      });
      expect(rows.find(({ sid }) => sid === spooled)).toMatchObject({ fetchedFrom: null });
      expect(rows.find(({ sid }) => sid === lost)).toMatchObject({ fetchedFrom: expect.any(Date) });
      expect(await spool.files('spool')).toEqual([]);
    } finally {
      await proxy.pass();
      await scheduler?.stop();
    }
    const counted = async (): Promise<boolean> =>
      (await reconciliationOf(app, entryPoint)).foundMissing === foundMissing + 1;
    await eventually('the walk counts one', counted, 30_000);
  }, 60_000);
});
