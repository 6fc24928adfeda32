import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import twilio from 'twilio';
import { encodeForm } from '../../simulator/src/webhook/form.ts';
import type { TestApp } from './app.ts';

const folder = join(import.meta.dirname, '../fixtures/twilio');

/** The names of all captured forms. */
export const fixtureNames = readdirSync(folder).map((file) => file.replace('.form', ''));

/** A captured form, byte for byte, with the simulator's account and its US support number. */
export const readFixture = (name: string): string => readFileSync(join(folder, `${name}.form`), 'utf8');

export const newMessageSid = (): string => `SM${randomBytes(16).toString('hex')}`;

/** Builds the form of an SMS as Twilio posts it, with a new MessageSid; undefined leaves a parameter out. */
export function buildForm(given: Record<string, string | undefined> = {}): string {
  const messageSid = newMessageSid();
  const params = {
    ToCountry: 'US',
    SmsMessageSid: messageSid,
    NumMedia: '0',
    FromCity: '',
    SmsStatus: 'received',
    Body: 'Hello',
    To: '+15005550006',
    NumSegments: '1',
    MessageSid: messageSid,
    AccountSid: `AC${'5150'.repeat(8)}`,
    From: '+15005550101',
    ApiVersion: '2010-04-01',
    ...given,
  };
  return encodeForm(Object.entries(params).filter(([, value]) => value !== undefined));
}

/** Signs a form with Twilio's own library, with which the service must agree. */
export function signForm(authToken: string, url: string, form: string): string {
  // It has no prototype, since a parameter may be called `toString`.
  const params = Object.create(null) as Record<string, string | string[]>;
  for (const [name, value] of new URLSearchParams(form)) {
    params[name] = name in params ? [params[name]!, value].flat() : value;
  }
  return twilio.getExpectedTwilioSignature(authToken, url, params);
}

export interface WebhookAnswer {
  status: number;
  contentType: string | null;
  headers: Headers;
  body: string;
  ms: number;
}

/** Posts a form unchanged, with these headers in addition to the content type. */
export async function postForm(
  url: string,
  form: string,
  headers: Record<string, string> = {},
): Promise<WebhookAnswer> {
  const started = performance.now();
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8', ...headers },
    body: form,
  });
  return {
    status: answer.status,
    contentType: answer.headers.get('content-type'),
    headers: answer.headers,
    body: await answer.text(),
    ms: performance.now() - started,
  };
}

/** Posts a form to an entry point's webhook as Twilio does. */
export function postSigned(
  { simulator }: Pick<TestApp, 'simulator'>,
  webhookUrl: string,
  form: string,
): Promise<WebhookAnswer> {
  const signature = signForm(simulator.authToken, webhookUrl, form);
  return postForm(webhookUrl, form, { 'X-Twilio-Signature': signature });
}
