import { expect } from '@jest/globals';
import { eventually } from './eventually.ts';
import { bodies, type IntakeWithSpool } from './intake-with-spool.ts';
import { countRequests } from './journal.ts';
import { newMessageSid } from './signed-forms.ts';

export const TEXTS = bodies(12);

/**
 * Texts while the database cannot take SMS: they are kept, encrypted, and the journal gets them once it can.
 * @param takeAway returns what brings it back
 * @returns the thread that agents see then
 */
export async function textDuringOutage(
  intake: IntakeWithSpool,
  takeAway: () => Promise<() => Promise<unknown>>,
): Promise<string[]> {
  const before = await countRequests(intake.app);
  const startedAt = Date.now();
  const bringBack = await takeAway();
  const messageSid = newMessageSid();
  try {
    for (const body of TEXTS) {
      const answer = await intake.text(body, body === TEXTS[0] ? { MessageSid: messageSid } : {});
      expect(answer).toMatchObject({ status: 200, contentType: 'text/xml; charset=utf-8' });
      expect(answer.ms).toBeLessThan(3_000);
    }
    expect((await intake.text(TEXTS[0]!, { MessageSid: messageSid })).status).toBe(200);
    const kept = await intake.spool.read();
    expect(kept.split('\n').length - 1).toBeGreaterThanOrEqual(13);
    for (const canary of ['secret', 'Body', intake.customer.slice(1), messageSid]) expect(kept).not.toContain(canary);
    expect(await intake.metric('sms_spool_bytes')).toBeGreaterThan(0);
  } finally {
    await bringBack();
  }
  const takenBackAt = Date.now();
  await eventually('all in the thread', async () => (await intake.thread()).length === TEXTS.length, 45_000);
  expect(await intake.journal()).toEqual(TEXTS);
  const thread = await intake.thread();
  const [row] = await intake.direct.query('SELECT received_at AS at FROM inbound_sms WHERE twilio_message_sid = $1', [
    messageSid,
  ]);
  expect((row!['at'] as Date).getTime()).toBeLessThan(takenBackAt);
  expect((row!['at'] as Date).getTime()).toBeGreaterThanOrEqual(startedAt);
  await eventually('an empty spool', async () => (await intake.spool.files()).length === 0);
  expect(await intake.metric('sms_spool_oldest_seconds')).toBe(0);

  expect((await intake.text('after')).status).toBe(200);
  expect(await intake.spool.files()).toEqual([]);
  expect((await countRequests(intake.app)).minus(before)).toEqual({ spooled: 13, accepted: 1 });
  return thread;
}
