/** A number or short code of a Twilio account, with where Twilio posts its SMS now. */
export interface TwilioNumber {
  sid: string;
  /** E.164, or the digits of a short code. */
  phoneNumber: string;
  friendlyName: string;
  kind: 'number' | 'short_code';
  capabilities: { sms: boolean; mms: boolean; voice: boolean };
  smsUrl: string | null;
  smsMethod: string | null;
  /** A TwiML application; when set, Twilio ignores `smsUrl`. */
  smsApplicationSid: string | null;
}

/** What decides where Twilio posts the SMS of a number. */
export type SmsWebhook = Pick<TwilioNumber, 'smsUrl' | 'smsMethod' | 'smsApplicationSid'>;
