import { afterAll, afterEach, beforeAll } from '@jest/globals';
import { NUMBER, PHONE, startForTest } from './start.ts';
import { startWebhookServer } from './webhook-server.ts';

/** The simulator, and a service that it tells what becomes of messages: for all tests of a file, each without trouble. */
export function startSending() {
  let twilio: Awaited<ReturnType<typeof startForTest>>;
  let service: Awaited<ReturnType<typeof startWebhookServer>>;
  beforeAll(async () => {
    twilio = await startForTest();
    service = await startWebhookServer();
  });
  afterEach(async () => {
    service.reset();
    await twilio.call('DELETE', 'trouble');
  });
  afterAll(async () => {
    await twilio.close();
    await service.close();
  });
  return {
    get twilio() {
      return twilio;
    },
    get service() {
      return service;
    },
    send: (given: object = {}) => twilio.client.messages.create({ from: NUMBER, to: PHONE, body: 'Hello', ...given }),
    /** What the service was told, in order. */
    statuses: () => service.received.map((request) => request.form.MessageStatus),
  };
}
