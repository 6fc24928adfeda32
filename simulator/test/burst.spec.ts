import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startForTest, until } from './support/start.ts';
import { startWebhookServer } from './support/webhook-server.ts';

let twilio: Awaited<ReturnType<typeof startForTest>>;
let service: Awaited<ReturnType<typeof startWebhookServer>>;
beforeAll(async () => {
  twilio = await startForTest();
  service = await startWebhookServer();
});
afterEach(() => service.reset());
afterAll(async () => {
  await twilio.close();
  await service.close();
});

const burst = async (options: object) => (await twilio.call('POST', 'bursts', { wait: true, ...options })).body;
const textsOf = (from: string) =>
  service.received.filter(({ form }) => form.From === from).map(({ form }) => Number(form.Body!.split(' ').at(-1)));

it('a burst is refused while no number has a webhook on this machine', async () => {
  expect(await twilio.call('POST', 'bursts', { count: 1 })).toMatchObject({
    status: 409,
    body: { error: 'no_webhook' },
  });
  await twilio.setNumber({ smsUrl: `${service.url}/sms` });
});

describe('a burst', () => {
  it('sends each customer’s texts one after another', async () => {
    service.answer(() => ({ delayMs: Math.random() * 5 }));
    const result = await burst({ count: 205, customers: 20 });
    expect(result).toMatchObject({ done: true, sent: 205, accepted: 205, rejected: 0, notAccepted: [] });
    expect(new Set(service.received.map(({ form }) => form.MessageSid)).size).toBe(205);
    expect(result.perCustomer).toHaveLength(20);
    for (const { from, sent } of result.perCustomer) {
      expect(textsOf(from)).toEqual(Array.from({ length: sent }, (_, at) => at + 1));
    }
    expect(service.received[0]!.form.Body).toBe(`burst ${result.id} customer 1 text 1`);
  });

  it('runs in the background and reports its progress', async () => {
    service.answer({ delayMs: 10 });
    const started = await twilio.call('POST', 'bursts', { count: 60, customers: 3 });
    expect(started).toMatchObject({ status: 202, body: { state: 'running', done: false } });
    const done = await until(async () => {
      const { body } = await twilio.call('GET', `bursts/${started.body.id}`);
      return body.done && body;
    });
    expect(done).toMatchObject({ sent: 60, accepted: 60 });
  });

  it('delivers some texts twice and some with a wrong signature', async () => {
    const trouble = { duplicateShare: 0.2, wrongSignatureShare: 0.1 };
    const result = await burst({ count: 300, customers: 30, seed: 7, trouble });
    expect(result.duplicates).toBeGreaterThan(30);
    expect(result.forged).toBeGreaterThan(10);
    expect(result.accepted + result.forged).toBe(300);
    expect(service.received).toHaveLength(300 + result.duplicates);
    expect((await burst({ count: 300, customers: 30, seed: 7, trouble })).forged).toBe(result.forged);
  });

  it('delivers texts out of order, although Twilio received them in order', async () => {
    const result = await burst({ count: 40, customers: 2, trouble: { shuffleShare: 0.5 } });
    const [{ from }] = result.perCustomer;
    const arrived = textsOf(from);
    expect(arrived).not.toEqual([...arrived].toSorted((a, b) => a - b));
    const listed = (await twilio.client.messages.list({ from })).map(({ body }) => Number(body.split(' ').at(-1)));
    expect(listed.toReversed()).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
  });

  it('keeps the given rate', async () => {
    const result = await burst({ count: 30, customers: 10, ratePerSecond: 100 });
    expect(result.durationMs).toBeGreaterThanOrEqual(280);
    expect(result.durationMs).toBeLessThan(900);
  });

  it('lists texts that were not accepted', async () => {
    service.answer(({ form }) => ({ status: form.Body!.endsWith('text 2') ? 503 : 200 }));
    const result = await burst({ count: 9, customers: 3 });
    expect(result).toMatchObject({ sent: 9, accepted: 6, rejected: 3, retried: 0 });
    expect(result.notAccepted[0]).toMatchObject({ status: 503, body: expect.stringContaining('text 2') });
  });

  it('with untilAccepted retries the same message before the next one', async () => {
    let failures = 20;
    service.answer(() => ({ status: failures-- > 0 ? 503 : 200 }));
    const result = await burst({ count: 40, customers: 4, untilAccepted: true });
    expect(result).toMatchObject({ accepted: 40, rejected: 0, retried: 20, notAccepted: [] });
    for (const { from } of result.perCustomer)
      expect([...new Set(textsOf(from))]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('with untilAccepted ends at its deadline and lists what was not accepted', async () => {
    service.answer({ status: 503 });
    const result = await burst({ count: 10, customers: 2, untilAccepted: true, deadlineMs: 500 });
    expect(result.durationMs).toBeLessThan(1_500);
    expect(result).toMatchObject({ done: true, accepted: 0, rejected: 2, unsent: 8 });
    expect(result.notAccepted).toHaveLength(2);
  });

  it('can be stopped', async () => {
    service.answer({ delayMs: 20 });
    const { body } = await twilio.call('POST', 'bursts', { count: 1_000, customers: 1 });
    const stopped = await twilio.call('DELETE', `bursts/${body.id}`);
    expect(stopped.body).toMatchObject({ state: 'stopped', done: true });
    expect(stopped.body.unsent).toBeGreaterThan(900);
  });
});
