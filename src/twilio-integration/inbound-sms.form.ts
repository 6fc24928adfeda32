import { toStorableText } from '../common/safe-text.js';
import type { Decoded, TwilioForm } from './twilio-form.js';

/** An SMS or MMS as Twilio delivered it. https://www.twilio.com/docs/messaging/guides/webhook-request */
export interface InboundSms {
  accountSid: string;
  messageSid: string;
  /** An E.164 number, a short code, or an alphanumeric sender. */
  from: string;
  to: string;
  /** The text as PostgreSQL can store it; the raw form keeps the original bytes. It may be empty if there are media. */
  body: string;
  segments: number | null;
  media: InboundMedia[];
  /** The opt-out keyword that Twilio recognised in the text, if it reported one. */
  optOutType: OptOutType | null;
}

export interface InboundMedia {
  url: string;
  contentType: string;
}

const OPT_OUT_TYPES = ['STOP', 'START', 'HELP'] as const;

/** Twilio only reports it with Advanced Opt-Out. https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out */
export type OptOutType = (typeof OPT_OUT_TYPES)[number];

const MESSAGE_SID = /^(SM|MM)[0-9a-fA-F]{32}$/;
const MESSAGE_SID_IN_TEXT = /MessageSid((?:SM|MM)[0-9a-fA-F]{32})/g;
/** Only digits may follow the +, because moving an empty parameter into it (`+1555FromCity`) keeps the signature valid. */
const PHONE_NUMBER = /^\+\d+$/;
const MAX_PARTY_LENGTH = 64;
const MAX_MEDIA = 100;

/**
 * Twilio's words become ours, once.
 * @param ofAccountSid the Twilio account whose token signed it
 */
export function decodeInboundSms(form: TwilioForm, ofAccountSid: string): Decoded<InboundSms> {
  const reason = findFlaw(form, ofAccountSid);
  if (reason !== null) return { reason };
  const value = {
    accountSid: form.get('AccountSid')!,
    messageSid: form.get('MessageSid')!,
    from: toStorableText(form.get('From')!),
    to: toStorableText(form.get('To')!),
    body: toStorableText(form.get('Body')!),
    segments: toCount(form.get('NumSegments')),
    media: decodeMedia(form),
    optOutType: OPT_OUT_TYPES.find((type) => form.count('OptOutType') === 1 && form.get('OptOutType') === type) ?? null,
  };
  return { value };
}

/**
 * The signature does not separate names from values, so shifting a boundary keeps it valid (`From` + `+1555` as
 * `Fro` + `m+1555`): each required parameter must be there once and have its shape.
 */
function findFlaw(form: TwilioForm, ofAccountSid: string): string | null {
  for (const name of ['AccountSid', 'MessageSid', 'From', 'To', 'Body']) {
    if (form.count(name) !== 1) return `${name} occurs ${form.count(name)} times instead of once`;
  }
  // Twilio signs the texts to a subaccount's numbers with the subaccount's token, so this is nobody's genuine SMS.
  if (form.get('AccountSid') !== ofAccountSid)
    return 'AccountSid is not the Twilio account whose token signed the request';
  if (!MESSAGE_SID.test(form.get('MessageSid')!)) return 'MessageSid is not SM or MM and 32 hex digits';
  for (const name of ['From', 'To']) {
    const party = toStorableText(form.get(name)!);
    if (party === '' || party.length > MAX_PARTY_LENGTH)
      return `${name} is not 1 to ${MAX_PARTY_LENGTH} characters long`;
    if (party.startsWith('+') && !PHONE_NUMBER.test(party)) return `${name} begins with + but is not a phone number`;
  }
  return null;
}

/**
 * Whether the signature may also be valid for a different SMS. A person who texts `hiFrom+1555…MessageSidSM…To+1555…U` and
 * sees the signature of that request could split the form differently, into an SMS with another sender and MessageSid.
 */
export function isAmbiguous(form: TwilioForm): boolean {
  return new Set([...form.signedText().matchAll(MESSAGE_SID_IN_TEXT)].map(([, sid]) => sid)).size > 1;
}

function decodeMedia(form: TwilioForm): InboundMedia[] {
  const count = Math.min(toCount(form.get('NumMedia')) ?? 0, MAX_MEDIA);
  return Array.from({ length: count }, (_, i) => ({
    url: toStorableText(form.get(`MediaUrl${i}`) ?? ''),
    contentType: toStorableText(form.get(`MediaContentType${i}`) ?? 'application/octet-stream'),
  })).filter(({ url }) => url !== '');
}

const toCount = (text: string | undefined): number | null => (/^\d{1,4}$/.test(text ?? '') ? Number(text) : null);
