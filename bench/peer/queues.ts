export const SMS_QUEUE = 'sms';
export const EVENTS_QUEUE = 'contact-events';

/** Twilio's form, parsed. */
export type SmsJob = Record<'AccountSid' | 'MessageSid' | 'From' | 'To' | 'Body' | 'NumSegments', string>;
