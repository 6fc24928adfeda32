import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ReceivedSms } from '../contacts/received-sms.js';
import { findOptedOut, pairKey } from '../opt-outs/opt-outs.queries.js';
import { addOutboundSms } from './add-outbound-sms.js';
import { chooseNotice } from './choose-notice.js';
import { type NoticeReceiver, readNoticeReceivers, readNoticeSources } from './notices.queries.js';
import { OutboundSmsQueue } from './outbound-sms.queue.js';

/** Sends greetings and out-of-hours notices, which customers get before an agent answers. */
@Injectable()
export class NoticesService {
  constructor(private readonly queue: OutboundSmsQueue) {}

  /**
   * Adds automatic answers for customers whose texts were just added to their contacts, in the caller's transaction. STOP,
   * START and HELP get none, because Twilio answers them; neither do customers who opted out.
   * @param contactIds the contact of each text, by `inboundSmsId`
   * @returns the numbers that have something to send, to be enqueued after the commit
   */
  async add(manager: EntityManager, received: ReceivedSms[], contactIds: Map<string, string>): Promise<string[]> {
    const texts = received.filter(({ keyword }) => keyword === null);
    const entryPointIds = [...new Set(texts.map(({ entryPointId }) => entryPointId))];
    if (entryPointIds.length === 0) return [];
    const sources = await readNoticeSources(manager, entryPointIds);
    const sourceOf = new Map(sources.map((source) => [source.entryPointId, source]));
    const lastTextOf = new Map(
      texts.filter((text) => sourceOf.has(text.entryPointId)).map((text) => [contactIds.get(text.inboundSmsId)!, text]),
    );
    const sending = new Set<string>();
    for (const receiver of await findReceivers(manager, [...lastTextOf.keys()])) {
      const notice = chooseNotice(
        sourceOf.get(receiver.entryPointId)!,
        receiver,
        lastTextOf.get(receiver.id)!.storedAt,
      );
      if (notice === null) continue;
      const { sendingNumberId } = await addOutboundSms(manager, { contact: receiver, ...notice });
      sending.add(sendingNumberId);
    }
    return [...sending];
  }

  enqueue(sendingNumberIds: string[]): void {
    for (const id of sendingNumberIds) this.queue.enqueueSoon(id);
  }
}

async function findReceivers(manager: EntityManager, contactIds: string[]): Promise<NoticeReceiver[]> {
  if (contactIds.length === 0) return [];
  const receivers = await readNoticeReceivers(manager, contactIds);
  const optedOut = new Set<string>();
  for (const [accountId, own] of Map.groupBy(receivers, (receiver) => receiver.accountId)) {
    for (const pair of await findOptedOut(manager, accountId, own.map(toPair))) optedOut.add(`${accountId} ${pair}`);
  }
  return receivers.filter((receiver) => !optedOut.has(`${receiver.accountId} ${pairKey(toPair(receiver))}`));
}

const toPair = ({ ani, dnis }: NoticeReceiver) => ({ customer: ani, phoneNumber: dnis });
