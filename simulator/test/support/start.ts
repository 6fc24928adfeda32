import twilio from 'twilio';
import { startSimulator } from '../../src/simulator.ts';
import type { Settings } from '../../src/settings.ts';

export const PHONE = '+15005550101';
export const NUMBER = '+15005550006';

/** Starts a simulator, with Twilio's official client and a client of the simulator's own API. */
export async function startForTest(options: Partial<Settings> = {}) {
  const simulator = await startSimulator({ port: 0, ...options });
  const clientWith = (authToken: string) => {
    const client = twilio(simulator.accountSid, authToken);
    client.api.baseUrl = client.messaging.baseUrl = simulator.url;
    return client;
  };
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${simulator.url}/sim/v1/${path}`, {
      method,
      ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : undefined };
  };
  return {
    simulator,
    clientWith,
    client: clientWith(simulator.authToken),
    call,
    setNumber: (settings: object, number = NUMBER) => call('POST', `numbers/${number}`, settings),
    sendSms: async (sms: object = {}) =>
      (await call('POST', 'sms', { from: PHONE, to: NUMBER, body: 'Hi', ...sms })).body,
    close: () => simulator.close(),
  };
}

export async function until<Value>(check: () => Promise<Value> | Value, ms = 3_000): Promise<NonNullable<Value>> {
  for (const deadline = Date.now() + ms; ;) {
    const value = await check();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`The condition did not hold within ${ms} ms`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}
