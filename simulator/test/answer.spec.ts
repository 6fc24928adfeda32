import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { NUMBER, startForTest, until } from './support/start.ts';
import { startWebhookServer } from './support/webhook-server.ts';

let twilio: Awaited<ReturnType<typeof startForTest>>;
let service: Awaited<ReturnType<typeof startWebhookServer>>;
beforeAll(async () => {
  twilio = await startForTest();
  service = await startWebhookServer();
  await twilio.setNumber({ smsUrl: `${service.url}/sms` });
});
afterEach(() => service.reset());
afterAll(async () => {
  await twilio.close();
  await service.close();
});

const alerts = async () =>
  (await twilio.call('GET', 'account')).body.alerts as { errorCode: number; message: string }[];
const thread = async (phone: string) => (await twilio.call('GET', `phones/${phone}/messages`)).body.messages;

describe('the webhook’s answer', () => {
  const answers = async (from: string, type: string, body: string) => {
    service.answer({ type, body });
    const { deliveries } = await twilio.sendSms({ from });
    await until(async () =>
      (await thread(from)).every(({ status }: { status: string }) => status !== 'queued' && status !== 'sent'),
    );
    const replies = (await thread(from)).filter(
      ({ direction }: { direction: string }) => direction === 'outbound-reply',
    );
    return { delivery: deliveries[0], replies };
  };

  it('is sent to the phone if it is TwiML', async () => {
    const { replies } = await answers(
      '+15005550201',
      'text/xml',
      '<Response><Message>One &amp; only</Message><Message><Body>Two</Body></Message></Response>',
    );
    expect(replies.map(({ body }: { body: string }) => body)).toEqual(['One & only', 'Two']);
    expect(replies[0].status).toBe('delivered');
  });

  it('is sent to the phone if it is plain text, whatever it says', async () => {
    const { replies } = await answers('+15005550202', 'text/plain; charset=utf-8', 'Internal Server Error');
    expect(replies).toEqual([expect.objectContaining({ body: 'Internal Server Error', from: NUMBER })]);
  });

  it.each([
    ['application/json', '{"ok":true}', 12300],
    ['text/xml', '<Response><Message>Hi</Response', 12100],
  ])('becomes an alert if it is unreadable: %s %s', async (type, body, errorCode) => {
    const { delivery, replies } = await answers('+15005550203', type, body);
    expect(delivery).toMatchObject({ status: 200, errorCode });
    expect(replies).toEqual([]);
    expect((await alerts())[0]!.errorCode).toBe(errorCode);
  });

  it('is not delivered to a customer who has just texted STOP', async () => {
    service.answer({ body: '<Response><Message>Bye</Message></Response>' });
    await twilio.sendSms({ from: '+15005550204', body: 'STOP' });
    const replies = (await thread('+15005550204')).filter(
      ({ direction }: { direction: string }) => direction === 'outbound-reply',
    );
    expect(replies.map(({ errorCode }: { errorCode: number | null }) => errorCode)).toEqual([null, 21610]);
  });
});
