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

/** A form that Twilio signed, or one made of its list, on its way into the journal. */
export interface SignedForm extends Pick<NewInboundSms, 'id' | 'accountId' | 'raw' | 'receivedAt' | 'sentAt'> {
  /** The Twilio account whose token signed it, or whose list it was in. */
  accountSid: string;
  /** Stands for the MessageSid should it be no SMS; made from the bytes when not given. */
  fingerprint?: string;
  /** The raw form as it was read, where it was read already. */
  read?: TwilioForm;
}

/** As a record of the spool. latin1 gives every byte a character, so the raw form comes back as it was. */
export const toRecord = ({ raw, read: _read, ...form }: SignedForm): string =>
  JSON.stringify({ ...form, receivedAt: form.receivedAt ?? new Date(), raw: raw.toString('latin1') });

export function fromRecord(text: string): SignedForm {
  const { receivedAt, raw, ...form } = JSON.parse(text) as SignedForm & { receivedAt: string; raw: string };
  return { ...form, receivedAt: new Date(receivedAt), raw: Buffer.from(raw, 'latin1') };
}
