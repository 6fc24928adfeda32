import { describe, expect, test } from '@jest/globals';
import { judgeWebhook, type WebhookAtTwilio } from './webhook-state.js';

const url = 'https://sms.example.com/webhooks/twilio/sms/k3v9';
const set = { smsUrl: `${url}#rc=3&rp=ct,rt,5xx`, smsMethod: 'POST', smsApplicationSid: null };
const service = { sid: 'MG1', friendlyName: 'Notify' };

describe('judgeWebhook', () => {
  test.each<[string, WebhookAtTwilio, string]>([
    ['our URL, whatever its fragment', { number: set, overridingService: null }, 'set'],
    ['our URL without fragment', { number: { ...set, smsUrl: url }, overridingService: null }, 'set'],
    ['nothing', { number: { ...set, smsUrl: null }, overridingService: null }, 'not_set'],
    ['a foreign URL', { number: { ...set, smsUrl: 'https://crm.example.com' }, overridingService: null }, 'changed'],
    ['GET instead of POST', { number: { ...set, smsMethod: 'GET' }, overridingService: null }, 'changed'],
    [
      'a TwiML application, which wins over the URL',
      { number: { ...set, smsApplicationSid: 'AP1' }, overridingService: null },
      'overridden_by_application',
    ],
    [
      'a Messaging Service, which wins over both',
      { number: set, overridingService: service },
      'overridden_by_messaging_service',
    ],
    ['no such number', { number: null, overridingService: null }, 'number_missing'],
  ])('%s', (_, atTwilio, expected) => {
    expect(judgeWebhook(atTwilio, url)).toBe(expected);
  });
});
