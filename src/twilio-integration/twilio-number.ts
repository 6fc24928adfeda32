/** A number or short code of a Twilio account, with its current webhook. */
export interface TwilioNumber {
  sid: string;
  /** An E.164 number, or the digits of a short code. */
  phoneNumber: string;
  friendlyName: string;
  kind: 'number' | 'short_code';
  capabilities: { sms: boolean; mms: boolean; voice: boolean };
  smsUrl: string | null;
  smsMethod: string | null;
  /** A TwiML application. If it is set, Twilio ignores `smsUrl`. */
  smsApplicationSid: string | null;
}

/** The settings that decide where Twilio posts the SMS of a number. */
export type SmsWebhook = Pick<TwilioNumber, 'smsUrl' | 'smsMethod' | 'smsApplicationSid'>;
