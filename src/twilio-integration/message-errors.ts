import type { MessageStatus } from './message-status.js';

/** Twilio's error code of a message, in words: what it means, and what a person can do about it. */
export interface MessageError {
  code: number | null;
  /** Null when Twilio gives no reason. */
  text: string | null;
  advice: string;
}

export const OPTED_OUT_CODE = 21610;

const WRITE_FROM_ANOTHER = 'Ask the customer for another number, or reach them another way.';
const TRY_LATER = 'Try again later.';
const FIX_NUMBER = 'An admin can check the number in the Twilio console.';
const REGISTER = "An admin has to complete the sender's registration in the Twilio console.";

// https://www.twilio.com/docs/api/errors
export const KNOWN_ERRORS: Record<number, { text: string; advice: string }> = {
  21211: { text: "The customer's number is not valid.", advice: WRITE_FROM_ANOTHER },
  21212: { text: 'The number that sends is not valid.', advice: FIX_NUMBER },
  21266: { text: 'The number that sends and the one that receives are the same.', advice: WRITE_FROM_ANOTHER },
  21408: {
    text: "The Twilio account may not send to the customer's country.",
    advice: 'An admin can permit the country in the Twilio console: Messaging, Settings, Geo permissions.',
  },
  21602: { text: 'The message has no text.', advice: 'Write a text.' },
  21606: { text: 'The number that sends is no SMS number of the Twilio account (any more).', advice: FIX_NUMBER },
  21608: {
    text: 'A Twilio trial account may only send to numbers verified there.',
    advice: 'An admin can upgrade the Twilio account, or verify the number in the Twilio console.',
  },
  21609: { text: 'Twilio refused the URL for status callbacks.', advice: 'An admin should check PUBLIC_URL.' },
  [OPTED_OUT_CODE]: {
    text: 'The customer has opted out of texts from this number (STOP).',
    advice: 'Only the customer can lift that, by texting START to this number.',
  },
  21611: { text: "Too many messages wait at Twilio in this number's queue.", advice: TRY_LATER },
  21612: { text: 'This number cannot send to the customer’s network.', advice: WRITE_FROM_ANOTHER },
  21614: { text: "The customer's number cannot receive SMS.", advice: WRITE_FROM_ANOTHER },
  21617: { text: 'The text is longer than 1,600 characters.', advice: 'Split it.' },
  21620: { text: 'Twilio refused the URL of a picture.', advice: 'Use a public https URL.' },
  21623: { text: 'A message can carry ten pictures at most.', advice: 'Send some of them in a second message.' },
  21635: { text: "The customer's number is a landline.", advice: WRITE_FROM_ANOTHER },
  21704: { text: 'The Messaging Service has no number that can send.', advice: FIX_NUMBER },
  30001: { text: "Twilio's queue for this number overflowed.", advice: TRY_LATER },
  30002: { text: 'The Twilio account is suspended.', advice: 'An admin has to settle that with Twilio.' },
  30003: { text: "The customer's phone is off or out of reach.", advice: TRY_LATER },
  30004: { text: 'The customer’s carrier or phone blocks this message.', advice: WRITE_FROM_ANOTHER },
  30005: { text: "The customer's number does not exist (any more), or the phone is off.", advice: WRITE_FROM_ANOTHER },
  30006: { text: "The customer's number is a landline, or its carrier cannot be reached.", advice: WRITE_FROM_ANOTHER },
  30007: {
    text: 'The carrier filtered the message as unwanted.',
    advice: 'Write it in other words and without shortened links; if it goes on, an admin can ask Twilio why.',
  },
  30008: { text: 'The carrier could not deliver it and gives no reason.', advice: TRY_LATER },
  30010: { text: 'The message costs more than the limit set for it.', advice: FIX_NUMBER },
  30019: { text: 'The picture is too large for the carrier.', advice: 'Send a smaller one.' },
  30022: { text: 'The number sends faster than the US carriers allow it.', advice: `${TRY_LATER} ${REGISTER}` },
  30023: { text: "The sender's daily limit with the US carrier is used up.", advice: 'Try again tomorrow.' },
  30024: { text: 'The number is not ready to send yet.', advice: REGISTER },
  30032: { text: 'The toll-free number is not verified, so US and Canadian carriers block it.', advice: REGISTER },
  30034: { text: 'The number is not registered for A2P 10DLC, so US carriers block it.', advice: REGISTER },
  30035: { text: 'The number is being registered for A2P 10DLC; carriers block it until then.', advice: REGISTER },
  30038: { text: 'It holds a one-time password sent from a number that may not send those.', advice: REGISTER },
  30410: { text: 'The carrier did not answer in time.', advice: TRY_LATER },
  30450: { text: 'The carrier refused the message.', advice: WRITE_FROM_ANOTHER },
  30500: { text: 'Something broke at Twilio.', advice: TRY_LATER },
  63038: { text: 'The Twilio account has reached its daily limit of messages.', advice: 'Try again tomorrow.' },
};

/** Of a message that Twilio may have taken, and could not be asked about. */
export const OUTCOME_UNKNOWN: MessageError = {
  code: null,
  text: 'Twilio may have it, and could not be asked for hours.',
  advice: 'Ask the customer before you send it again; Twilio is asked again later.',
};

/** Why a message failed; undefined for one that did not. */
export const explainFailure = (status: MessageStatus, code: number | null): MessageError | undefined =>
  status === 'failed' || status === 'undelivered' ? explainMessageError(code) : undefined;

/**
 * @param code as Twilio gave it
 * @param said Twilio's own words, for codes that are not in the table
 */
export function explainMessageError(code: number | null, said?: string): MessageError {
  const known = code === null ? undefined : KNOWN_ERRORS[code];
  if (known !== undefined) return { code, ...known };
  const text = said ? `Twilio: ${said}` : null;
  const page = code === null ? '' : ` See https://www.twilio.com/docs/api/errors/${code}.`;
  return { code, text, advice: `Try again, or reach the customer another way.${page}` };
}
