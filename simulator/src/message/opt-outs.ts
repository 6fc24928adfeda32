import type { Account } from '../account/account.ts';

export type OptOutType = 'STOP' | 'START' | 'HELP';

// https://help.twilio.com/articles/223134027: the whole text must be the keyword, in upper or lower case. "Stop please" does nothing.
const KEYWORDS: Record<string, OptOutType> = {
  ...Object.fromEntries(
    ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT'].map((word) => [word, 'STOP']),
  ),
  ...Object.fromEntries(['START', 'UNSTOP', 'YES'].map((word) => [word, 'START'])),
  ...Object.fromEntries(['HELP', 'INFO'].map((word) => [word, 'HELP'])),
};
const MAX_KEYWORD_LENGTH = 11;

/** Replies that Twilio itself sends; our service must not send a second one. */
const REPLIES: Record<OptOutType, string> = {
  STOP: 'You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.',
  START:
    'You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
  HELP: 'Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
};

export function optOutTypeOf(body: string): OptOutType | undefined {
  if (body.length > MAX_KEYWORD_LENGTH + 4) return undefined;
  return KEYWORDS[body.trim().toUpperCase()];
}

/** Who texted STOP to which number, or to which Messaging Service, since the numbers of one share their opt-outs. */
export class OptOuts {
  readonly #account: Account;
  readonly #pairs = new Set<string>();

  constructor(account: Account) {
    this.#account = account;
  }

  /** @returns Twilio's own reply, or undefined if the keyword changes nothing */
  apply(phone: string, number: string, type: OptOutType): string | undefined {
    const pair = this.#pair(phone, number);
    if (type === 'HELP') return REPLIES.HELP;
    if ((type === 'STOP') === this.#pairs.has(pair)) return undefined;
    if (type === 'STOP') this.#pairs.add(pair);
    else this.#pairs.delete(pair);
    return REPLIES[type];
  }

  has(phone: string, number: string): boolean {
    return this.#pairs.size > 0 && this.#pairs.has(this.#pair(phone, number));
  }

  #pair(phone: string, number: string) {
    return `${phone} ${this.#account.serviceOf(number)?.sid ?? number}`;
  }
}
