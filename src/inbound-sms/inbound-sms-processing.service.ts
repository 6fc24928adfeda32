import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { isTransient, isPermanent } from '../common/database-errors.js';
import { maskPhoneNumber } from '../common/phone-numbers.js';
import { ContactsService } from '../contacts/contacts.service.js';
import { pipelined } from '../database/pipelined.js';
import { recordOptOuts } from '../opt-outs/opt-outs.queries.js';
import { NoticesService } from '../outbound-sms/notices.service.js';
import {
  findFirstWaiting,
  findWaitingConversations,
  type FirstWaiting,
  type Judgement,
  lockConversations,
  lockFreeConversations,
  lockMoreConversations,
  markProcessed,
  readWaitingSms,
  recordFailure,
  type WaitingSms,
} from './inbound-sms-processing.queries.js';
import { acceptedIn, judge, optOutsIn } from './judge-sms.js';
import { InboundSmsMetrics } from './inbound-sms.metrics.js';

const MAX_BATCH_SIZE = 1_000;
/** Fresh rows of other conversations that a job processes too, so that they need no transaction of their own. */
const MAX_EXTRA_ROWS = 200;
export const MAX_ATTEMPTS = 5;

/** Turns rows of the journal into contacts. Processing a row twice changes nothing. */
@Injectable()
export class InboundSmsProcessingService {
  private readonly logger = new Logger(InboundSmsProcessingService.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly contacts: ContactsService,
    private readonly notices: NoticesService,
    private readonly metrics: InboundSmsMetrics,
  ) {}

  /**
   * Processes all pending rows of the conversations of these rows, and others that arrived meanwhile.
   * @throws transient errors; the queue retries with backoff
   */
  async process(ids: string[]): Promise<void> {
    for (let isMore = true; isMore;) {
      const conversations = await findWaitingConversations(this.dataSource.manager, ids);
      isMore = conversations.length > 0 && (await this.processWithOthers(conversations));
    }
  }

  /** @returns whether more rows may be pending in these conversations */
  private async processWithOthers(conversations: string[]): Promise<boolean> {
    try {
      return await this.processBatch(conversations, MAX_BATCH_SIZE, MAX_EXTRA_ROWS);
    } catch (error) {
      if (isTransient(error)) throw error;
      await this.processOrSplit(conversations);
      return false;
    }
  }

  /** Halves a failing batch until the conversation that makes it fail stands alone. */
  private async processOrSplit(conversations: string[]): Promise<void> {
    try {
      await this.processBatch(conversations, MAX_BATCH_SIZE);
    } catch (error) {
      if (isTransient(error)) throw error;
      if (conversations.length === 1) return this.processOneByOne(conversations[0]!);
      const half = Math.ceil(conversations.length / 2);
      const halves = [conversations.slice(0, half), conversations.slice(half)];
      const results = await Promise.allSettled(halves.map((each) => this.processOrSplit(each)));
      const failed = results.find((result) => result.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    }
  }

  /** Stops at a row that fails: later rows wait for it until it succeeds or becomes a dead letter. */
  private async processOneByOne(conversation: string): Promise<void> {
    for (;;) {
      const first = await findFirstWaiting(this.dataSource.manager, conversation);
      if (first === null) return;
      await this.processFirst(conversation, first);
    }
  }

  /** @throws the error itself, unless this was the row's last attempt */
  async processFirst(conversation: string, first: FirstWaiting): Promise<void> {
    try {
      await this.processBatch([conversation], 1);
    } catch (error) {
      if (isTransient(error)) throw error;
      await this.countFailure(first, error as Error);
    }
  }

  private async countFailure({ id, attempts }: FirstWaiting, error: Error): Promise<void> {
    const failure = { attempts: attempts + 1, isLast: isPermanent(error) || attempts + 1 >= MAX_ATTEMPTS };
    const isCounted = await recordFailure(this.dataSource.manager, id, { ...failure, error: error.message });
    if (!isCounted) return;
    if (!failure.isLast) throw error;
    this.metrics.judged('dead_letter', 1);
    this.logger.error(
      { err: error, inboundSmsId: id, attempts: failure.attempts },
      'An SMS failed for good and is a dead letter now',
    );
  }

  /**
   * One transaction: verdicts, opt-outs, contacts, messages, events and the journal change together or not at all.
   * @param extraRows how many fresh rows of other conversations may join
   * @returns whether more rows may be pending in these conversations
   */
  private async processBatch(conversations: string[], limit: number, extraRows = 0): Promise<boolean> {
    const startedAt = performance.now();
    const { isMore, waiting, judgements, sending, mediaIds } = await this.dataSource.transaction(async (manager) => {
      const { own, more } = await lockSome(manager, conversations, extraRows);
      const rows = await readWaitingSms(manager, [...own, ...more], limit);
      const judged = await judge(manager, rows);
      await recordOptOuts(manager, optOutsIn(judged));
      const accepted = acceptedIn(judged);
      const { contactIds, mediaIds: toFetch } = await this.contacts.receive(manager, accepted);
      const results = judged.map(({ sms: { id, entryPointId }, verdict }) => ({
        id,
        verdict,
        entryPointId,
        contactId: contactIds.get(id) ?? null,
      }));
      const [toSend] = await pipelined([
        this.notices.add(manager, accepted, contactIds),
        markProcessed(manager, results),
      ]);
      return {
        isMore: rows.length === limit || own.length < conversations.length,
        waiting: rows,
        judgements: results,
        sending: toSend,
        mediaIds: toFetch,
      };
    });
    this.notices.enqueue(sending);
    this.contacts.announce(new Set(waiting.map(({ accountId }) => accountId)), mediaIds);
    this.tell(waiting, judgements, performance.now() - startedAt);
    return isMore;
  }

  private tell(waiting: WaitingSms[], judgements: Judgement[], ms: number): void {
    for (const [i, { id, verdict, entryPointId, contactId }] of judgements.entries()) {
      this.metrics.judged(verdict, 1);
      const { twilioMessageSid, fromNumber } = waiting[i]!;
      this.logger.log(
        {
          inboundSmsId: id,
          twilioMessageSid,
          from: maskPhoneNumber(fromNumber),
          verdict,
          entryPointId,
          contactId,
          batch: judgements.length,
          ms: Math.round(ms),
        },
        'Processed an SMS',
      );
    }
  }
}

/**
 * Locks those of these conversations that are free, and some others. Another worker may be processing the rest: they are
 * looked at again afterwards, and waited for when there is nothing else to do.
 */
async function lockSome(
  manager: EntityManager,
  conversations: string[],
  extraRows: number,
): Promise<{ own: string[]; more: string[] }> {
  if (extraRows > 0) {
    const [own, more] = await pipelined([
      lockFreeConversations(manager, conversations),
      lockMoreConversations(manager, conversations, extraRows),
    ]);
    if (own.length + more.length > 0) return { own, more };
  }
  // Only a transaction that holds no lock may wait for one; otherwise two could wait for each other.
  await lockConversations(manager, conversations);
  return { own: conversations, more: [] };
}
