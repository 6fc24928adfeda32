import { TwilioError } from './twilio-error.ts';

interface Parties {
  to?: string;
  from?: string;
}

/** Twilio masks the last four digits of a customer's number. */
const masked = (number = '') => `${number.slice(0, -4)}XXXX`;

/** Twilio's words when it refuses a message, for errors where they differ from the title in its error dictionary. */
const wordings: Record<number, (parties: Parties) => string> = {
  21211: ({ to }) => `Invalid 'To' Phone Number: ${masked(to)}`,
  21212: ({ from }) => `The 'From' number ${from} is not a valid phone number, shortcode, or alphanumeric sender ID.`,
  21408: ({ to }) =>
    `Permission to send an SMS has not been enabled for the region indicated by the 'To' number: ${masked(to)}`,
  21606: ({ from }) =>
    `The From phone number ${from} is not a valid, SMS-capable inbound phone number or short code for your account.`,
  21608: ({ to }) =>
    `The number ${masked(to)} is unverified. Trial accounts cannot send messages to unverified numbers; verify ${masked(to)} at twilio.com/user/account/phone-numbers/verified, or purchase a Twilio number to send messages to unverified numbers`,
  21611: () => 'SMS queue is full.',
  21612: ({ to, from }) =>
    `Message cannot be sent with the current combination of 'To' (${masked(to)}) and/or 'From' (${from}) parameters`,
  21614: ({ to }) => `'To' number is not a valid mobile number: ${masked(to)}`,
};

const TOO_MANY_REQUESTS = new Set([20429, 21611]);

export const sendError = (code: number, parties: Parties = {}) =>
  new TwilioError(TOO_MANY_REQUESTS.has(code) ? 429 : 400, code, wordings[code]?.(parties));

// Numbers that always fail with one error: https://www.twilio.com/docs/iam/test-credentials#test-sms-messages
export const REFUSED_TO: Record<string, number> = {
  '+15005550001': 21211,
  '+15005550002': 21612,
  '+15005550003': 21408,
  '+15005550004': 21610,
  '+15005550009': 21614,
};
export const REFUSED_FROM: Record<string, number> = { '+15005550001': 21212, '+15005550008': 21611 };
