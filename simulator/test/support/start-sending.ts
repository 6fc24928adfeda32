import { afterAll, afterEach, beforeAll } from '@jest/globals';
import { NUMBER, PHONE, startForTest } from './start.ts';
import { startWebhookServer } from './webhook-server.ts';

/** Starts a simulator and a receiver of status callbacks for all tests of a file; each test starts without trouble. */
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
    /** The statuses that the callbacks reported, in order. */
    statuses: () => service.received.map((request) => request.form.MessageStatus),
  };
}
