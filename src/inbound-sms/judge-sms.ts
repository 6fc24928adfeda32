import type { EntityManager } from 'typeorm';
import { conversationOf, type ReceivedSms } from '../contacts/received-sms.js';
import { findKeyword, type FoundKeyword } from '../opt-outs/keywords.js';
import type { NewOptOut } from '../opt-outs/opt-outs.queries.js';
import { lockOpenConversations, type WaitingSms } from './inbound-sms-processing.queries.js';
import { decideVerdict, type Destination, type Verdict } from './verdict.js';

export interface JudgedSms {
  sms: WaitingSms;
  keyword: FoundKeyword | null;
  verdict: Verdict;
}

/**
 * Decides the verdict of each SMS, in the order received: STOP is accepted when a contact is open, or when an accepted SMS
 * before it opens one.
 */
export async function judge(manager: EntityManager, waiting: WaitingSms[]): Promise<JudgedSms[]> {
  const read = waiting.map((sms) => ({ sms, keyword: findKeyword(sms, sms.ownWords) }));
  const stops = read.filter(isRoutedStop).map(({ sms }) => conversationIn(sms));
  const found = stops.length === 0 ? [] : await lockOpenConversations(manager, stops);
  const open = new Set(found.map(conversationOf));
  return read.map(({ sms, keyword }) => {
    const conversation = conversationOf(conversationIn(sms));
    const isLoneStop = keyword?.keyword === 'STOP' && !open.has(conversation);
    const verdict = decideVerdict(destinationOf(sms), { isBlocked: sms.isBlocked, isLoneStop });
    if (verdict === 'accepted') open.add(conversation);
    return { sms, keyword, verdict };
  });
}

/** The opt-outs and opt-ins among these SMS. Twilio applies them whatever our verdict is, so the ledger does too. */
export const optOutsIn = (judged: JudgedSms[]): NewOptOut[] =>
  judged.flatMap(({ sms, keyword }) => {
    if (sms.entryPointId === null || keyword === null || keyword.keyword === 'HELP') return [];
    return {
      accountId: sms.accountId,
      customer: sms.fromNumber,
      phoneNumber: sms.toNumber,
      kind: keyword.keyword === 'STOP' ? 'opted_out' : 'opted_in',
      source: keyword.source,
      word: keyword.word,
      inboundSmsId: sms.id,
      at: sms.receivedAt,
    };
  });

export const acceptedIn = (judged: JudgedSms[]): ReceivedSms[] =>
  judged.filter(({ verdict }) => verdict === 'accepted').map(toReceivedSms);

const toReceivedSms = ({ sms, keyword }: JudgedSms): ReceivedSms => ({
  inboundSmsId: sms.id,
  accountId: sms.accountId,
  campaignId: sms.campaignId,
  entryPointId: sms.entryPointId!,
  lang: sms.language,
  ani: sms.fromNumber,
  dnis: sms.toNumber,
  body: sms.body,
  media: sms.media,
  segments: sms.segments,
  twilioMessageSid: sms.twilioMessageSid,
  receivedAt: sms.receivedAt,
  storedAt: sms.storedAt,
  reopenMinutes: sms.reopenMinutes,
  keyword: keyword?.keyword ?? null,
});

const isRoutedStop = ({ sms, keyword }: Pick<JudgedSms, 'sms' | 'keyword'>): boolean =>
  sms.entryPointId !== null && keyword?.keyword === 'STOP';

const conversationIn = ({ accountId, entryPointId, fromNumber }: WaitingSms) => ({
  accountId,
  entryPointId: entryPointId!,
  ani: fromNumber,
});

const destinationOf = ({ entryPointId, state, smsInboundEnabled }: WaitingSms): Destination | null =>
  entryPointId === null ? null : { state, smsInboundEnabled };
