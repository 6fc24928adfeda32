export const SMS_QUEUE = 'sms';
export const EVENTS_QUEUE = 'contact-events';

/** A form of Twilio's, parsed. */
export type SmsJob = Record<'AccountSid' | 'MessageSid' | 'From' | 'To' | 'Body' | 'NumSegments', string>;
