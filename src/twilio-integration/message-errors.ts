import type { MessageStatus } from './message-status.js';

/** The explanation of Twilio's error code for a message: what it means, and what a person can do about it. */
export interface MessageError {
  code: number | null;
  /** Null when Twilio gives no reason. */
  text: string | null;
  advice: string;
}

export const OPTED_OUT_CODE = 21610;

const USE_OTHER_NUMBER = 'Ask the customer for another number, or reach them another way.';
const TRY_LATER = 'Try again later.';
const CHECK_NUMBER = 'An admin can check the number in the Twilio Console.';
const REGISTER = "An admin has to complete the sender's registration in the Twilio Console.";

// https://www.twilio.com/docs/api/errors
export const KNOWN_ERRORS: Record<number, { text: string; advice: string }> = {
  21211: { text: "The customer's number is not valid.", advice: USE_OTHER_NUMBER },
  21212: { text: 'The sending number is not valid.', advice: CHECK_NUMBER },
  21266: { text: 'The sending and the receiving number are the same.', advice: USE_OTHER_NUMBER },
  21408: {
    text: "The Twilio account may not send to the customer's country.",
    advice: 'An admin can permit the country in the Twilio Console: Messaging, Settings, Geo permissions.',
  },
  21602: { text: 'The message has no text.', advice: 'Write a text.' },
  21606: {
    text: 'The sending number is not, or no longer, an SMS number of the Twilio account.',
    advice: CHECK_NUMBER,
  },
  21608: {
    text: 'A Twilio trial account may only send to numbers that are verified there.',
    advice: 'An admin can upgrade the Twilio account, or verify the number in the Twilio Console.',
  },
  21609: { text: 'Twilio refused the URL for status callbacks.', advice: 'An admin should check PUBLIC_URL.' },
  [OPTED_OUT_CODE]: {
    text: 'The customer has opted out of texts from this number (STOP).',
    advice: 'Only the customer can change that, by texting START to this number.',
  },
  21611: { text: "Too many messages are waiting in Twilio's queue for this number.", advice: TRY_LATER },
  21612: { text: 'This number cannot send to the customer’s network.', advice: USE_OTHER_NUMBER },
  21614: { text: "The customer's number cannot receive SMS.", advice: USE_OTHER_NUMBER },
  21617: { text: 'The text is longer than 1,600 characters.', advice: 'Split it.' },
  21620: { text: 'Twilio refused the URL of a picture.', advice: 'Use a public https URL.' },
  21623: { text: 'A message can contain at most ten pictures.', advice: 'Send some of them in a second message.' },
  21635: { text: "The customer's number is a landline.", advice: USE_OTHER_NUMBER },
  21704: { text: 'The Messaging Service has no number that can send.', advice: CHECK_NUMBER },
  30001: { text: "Twilio's queue for this number overflowed.", advice: TRY_LATER },
  30002: { text: 'The Twilio account is suspended.', advice: 'An admin has to resolve that with Twilio.' },
  30003: { text: "The customer's phone is off or unreachable.", advice: TRY_LATER },
  30004: { text: 'The customer’s carrier or phone blocks this message.', advice: USE_OTHER_NUMBER },
  30005: {
    text: "The customer's number does not exist, or no longer, or the phone is off.",
    advice: USE_OTHER_NUMBER,
  },
  30006: { text: "The customer's number is a landline, or its carrier cannot be reached.", advice: USE_OTHER_NUMBER },
  30007: {
    text: 'The carrier filtered the message as unwanted.',
    advice: 'Rephrase it, and avoid shortened links. If it happens again, an admin can ask Twilio why.',
  },
  30008: { text: 'The carrier could not deliver it and gives no reason.', advice: TRY_LATER },
  30010: { text: 'The message costs more than the limit set for it.', advice: CHECK_NUMBER },
  30019: { text: 'The picture is too large for the carrier.', advice: 'Send a smaller one.' },
  30022: { text: 'The number sends faster than the US carriers allow.', advice: `${TRY_LATER} ${REGISTER}` },
  30023: { text: "The sender's daily limit with the US carrier is used up.", advice: 'Try again tomorrow.' },
  30024: { text: 'The number is not ready to send yet.', advice: REGISTER },
  30032: { text: 'The toll-free number is not verified, so US and Canadian carriers block it.', advice: REGISTER },
  30034: { text: 'The number is not registered for A2P 10DLC, so US carriers block it.', advice: REGISTER },
  30035: { text: 'The number is being registered for A2P 10DLC; carriers block it until then.', advice: REGISTER },
  30038: { text: 'It contains a one-time password, which this number may not send.', advice: REGISTER },
  30410: { text: 'The carrier did not answer in time.', advice: TRY_LATER },
  30450: { text: 'The carrier refused the message.', advice: USE_OTHER_NUMBER },
  30500: { text: 'An error occurred at Twilio.', advice: TRY_LATER },
  63038: { text: 'The Twilio account has reached its daily limit of messages.', advice: 'Try again tomorrow.' },
};

/** For a message that Twilio may have accepted, while Twilio could not be reached to find out. */
export const OUTCOME_UNKNOWN: MessageError = {
  code: null,
  text: 'Twilio may have received it, but could not be asked for hours.',
  advice: 'Ask the customer before you send it again. The service will ask Twilio again later.',
};

/** Why a message failed; undefined if it did not fail. */
export const explainFailure = (status: MessageStatus, code: number | null): MessageError | undefined =>
  status === 'failed' || status === 'undelivered' ? explainMessageError(code) : undefined;

/**
 * @param code Twilio's error code
 * @param said Twilio's own message, which is used for codes that are not in the table
 */
export function explainMessageError(code: number | null, said?: string): MessageError {
  const known = code === null ? undefined : KNOWN_ERRORS[code];
  if (known !== undefined) return { code, ...known };
  const text = said ? `Twilio: ${said}` : null;
  const page = code === null ? '' : ` See https://www.twilio.com/docs/api/errors/${code}.`;
  return { code, text, advice: `Try again, or reach the customer another way.${page}` };
}
