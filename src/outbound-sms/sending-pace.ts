import type { Environment } from '../config/environment.js';

type Pace = Pick<Environment, 'SMS_PER_SECOND' | 'SMS_PER_SECOND_TOLL_FREE' | 'SMS_PER_SECOND_SHORT_CODE'>;

const SHORT_CODE = /^\d{3,8}$/;
// https://www.twilio.com/docs/glossary/what-is-toll-free-number
const NORTH_AMERICAN_TOLL_FREE = /^\+18(00|33|44|55|66|77|88)\d{7}$/;

/** Milliseconds between two messages that a number sends; Twilio's carriers limit each kind of number. */
export function paceOf(phoneNumber: string, pace: Pace): number {
  if (SHORT_CODE.test(phoneNumber)) return 1_000 / pace.SMS_PER_SECOND_SHORT_CODE;
  if (NORTH_AMERICAN_TOLL_FREE.test(phoneNumber)) return 1_000 / pace.SMS_PER_SECOND_TOLL_FREE;
  return 1_000 / pace.SMS_PER_SECOND;
}
