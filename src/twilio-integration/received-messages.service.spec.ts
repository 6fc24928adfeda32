import { describe, expect, test } from '@jest/globals';
import { decodeInboundSms } from './inbound-sms.form.js';
import { type ListedSms, toInboundForm } from './received-messages.service.js';
import { TwilioForm } from './twilio-form.js';

const SID = '0123456789abcdef'.repeat(2);
const LISTED: ListedSms = {
  accountSid: `AC${SID}`,
  messageSid: `SM${SID}`,
  messagingServiceSid: null,
  from: '+15005550101',
  to: '+15005550006',
  body: 'Olá & até já = 100 % +1 🎉\n\u0000',
  segments: '2',
  mediaCount: 0,
  sentAt: new Date(),
};
const READ = {
  accountSid: LISTED.accountSid,
  messageSid: LISTED.messageSid,
  from: LISTED.from,
  to: LISTED.to,
  body: 'Olá & até já = 100 % +1 🎉\n␀',
  segments: 2,
  media: [],
  optOutType: null,
};
const MEDIA = ['image/png', 'text/vcard'].map((contentType, n) => ({
  url: `https://api.twilio.com/2010-04-01/Accounts/AC${SID}/Messages/MM${SID}/Media/ME${n}`,
  contentType,
}));

describe('A listed message, written as a webhook request', () => {
  test.each<[string, Partial<ListedSms>, typeof MEDIA, unknown]>([
    ['is read as one', {}, [], { value: READ }],
    ['with pictures', { messageSid: `MM${SID}` }, MEDIA, { value: { ...READ, messageSid: `MM${SID}`, media: MEDIA } }],
    ['without a text', { body: '', segments: '' }, [], { value: { ...READ, body: '', segments: null } }],
    ['of a Messaging Service', { messagingServiceSid: `MG${SID}` }, [], { value: READ }],
    // https://www.twilio.com/docs/messaging/guides/privacy-message-redaction
    ['of a redacted number', { from: '+1500555XXXX' }, [], { reason: 'From begins with + but is not a phone number' }],
    ['of nobody', { from: '' }, [], { reason: 'From is not 1 to 64 characters long' }],
  ])('%s', (_, given, media, expected) => {
    const form = new TwilioForm(toInboundForm({ ...LISTED, ...given }, media));
    expect(decodeInboundSms(form, LISTED.accountSid)).toEqual(expected);
  });
});
