import type { TwilioForm } from '../twilio-integration/twilio-form.js';
import type { NewInboundSms } from './intake.queries.js';

/** A request whose signature was verified. */
export interface SignedByTwilio {
  accountId: string;
  /** The Twilio account whose token signed it. */
  accountSid: string;
  form: TwilioForm;
  raw: Buffer;
}

/** A form on its way into the journal: signed by Twilio, or built from its list of messages. */
export interface SignedForm extends Pick<NewInboundSms, 'id' | 'accountId' | 'raw' | 'receivedAt' | 'sentAt'> {
  /** The Twilio account whose token signed it, or whose list contained it. */
  accountSid: string;
  /** Takes the place of the MessageSid if the form is quarantined; by default a hash of the bytes. */
  fingerprint?: string;
  /** The parsed form, if it was parsed already. */
  read?: TwilioForm;
}

/** Encodes a form as a record of the spool. latin1 maps each byte to one character, so the raw form survives unchanged. */
export const toRecord = ({ raw, read: _read, ...form }: SignedForm): string =>
  JSON.stringify({ ...form, receivedAt: form.receivedAt ?? new Date(), raw: raw.toString('latin1') });

export function fromRecord(text: string): SignedForm {
  const { receivedAt, raw, ...form } = JSON.parse(text) as SignedForm & { receivedAt: string; raw: string };
  return { ...form, receivedAt: new Date(receivedAt), raw: Buffer.from(raw, 'latin1') };
}
