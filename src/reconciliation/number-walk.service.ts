import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { newId } from '../common/ids.js';
import { Problem } from '../common/problem.js';
import { wordsOfTwilio } from '../twilio-integration/twilio-errors.js';
import { EntryPointWebhooksService } from '../entry-points/entry-point-webhooks.service.js';
import { SpoolService } from '../spool/spool.service.js';
import {
  type ListedSms,
  ReceivedMessagesService,
  toInboundForm,
} from '../twilio-integration/received-messages.service.js';
import { JournalWriterService } from '../inbound-sms/journal-writer.service.js';
import type { SignedForm } from '../inbound-sms/signed-form.js';
import { SpoolDrainService } from '../inbound-sms/spool-drain.service.js';
import { type ClaimedNumber, failNumber, finishNumber, keepNumber, LeaseLost } from './number-claims.queries.js';
import { ReconciliationMetrics } from './reconciliation.metrics.js';
import { findKnown } from './reconciliation.queries.js';

const BATCH = 25;

/** Reads Twilio's list of one number from its watermark on, and stores the SMS that are missing in the journal. */
@Injectable()
export class NumberWalkService {
  private readonly logger = new Logger(NumberWalkService.name);
  private emptying: Promise<void> = Promise.resolve();

  constructor(
    private readonly dataSource: DataSource,
    private readonly received: ReceivedMessagesService,
    private readonly webhooks: EntryPointWebhooksService,
    private readonly journal: JournalWriterService,
    private readonly spool: SpoolService,
    private readonly drain: SpoolDrainService,
    private readonly metrics: ReconciliationMetrics,
  ) {}

  /** A failure is recorded, and the walk is retried later from the same watermark. */
  async walk(number: ClaimedNumber): Promise<void> {
    try {
      const missing = (await this.isOurs(number)) ? await this.findMissing(number) : [];
      const [due, young] = partition(missing, ({ sentAt }) => sentAt <= number.until);
      if (due.length > 0) await this.emptySpool();
      await this.store(number, due);
      await finishNumber(this.dataSource.manager, number, young.length > 0);
    } catch (error) {
      await this.noteFailure(number, error as Error);
    }
  }

  private isOurs({ isDeleted, accountId, entryPointId }: ClaimedNumber): Promise<boolean> | true {
    return !isDeleted || this.webhooks.outlivesDeletion(accountId, entryPointId);
  }

  /** Orders messages as Twilio received them; within a second, as its list has them. */
  private async findMissing(number: ClaimedNumber): Promise<ListedSms[]> {
    const { accountId, accountSid, phoneNumber, since } = number;
    const { manager } = this.dataSource;
    const missing: ListedSms[] = [];
    for await (const page of this.received.list(accountId, phoneNumber, since)) {
      const inTime = page.filter(({ sentAt }) => sentAt >= since);
      const keys = inTime.flatMap(({ messageSid }) => [messageSid, unreadableKey(messageSid)]);
      const known = await findKnown(manager, accountSid, keys);
      missing.push(
        ...inTime.filter(({ messageSid }) => !known.has(messageSid) && !known.has(unreadableKey(messageSid))),
      );
      await keepNumber(manager, number);
    }
    return missing.toReversed().toSorted((a, b) => a.sentAt.getTime() - b.sentAt.getTime());
  }

  /** Moves the spool into the journal first, because SMS in it did arrive and must not count as missing. */
  private emptySpool(): Promise<void> {
    this.emptying = this.emptying.then(() => this.drainSpool());
    return this.emptying;
  }

  private async drainSpool(): Promise<void> {
    if ((await this.spool.measure()) === 0) return;
    try {
      await this.drain.drain();
    } catch (error) {
      // A broken spool must not prevent the walk.
      this.logger.warn({ err: error }, 'The spool could not be emptied; SMS in it may be counted as missing');
    }
  }

  private async store(number: ClaimedNumber, missing: ListedSms[]): Promise<void> {
    let found = 0;
    try {
      for (let start = 0; start < missing.length; start += BATCH) {
        const batch = missing.slice(start, start + BATCH);
        const forms = await Promise.all(batch.map((sms) => this.read(number, sms)));
        const { accepted, quarantined, refused } = await this.journal.write(forms);
        found += accepted + quarantined;
        await keepNumber(this.dataSource.manager, number, accepted + quarantined);
        if (refused.length > 0)
          throw new Error("The journal rejects an SMS of Twilio's list; the log has the error code");
      }
    } finally {
      if (found > 0) this.tell(number, found);
    }
  }

  private async read({ accountId, accountSid }: ClaimedNumber, sms: ListedSms): Promise<SignedForm> {
    const { messageSid, mediaCount, sentAt } = sms;
    const media = mediaCount === 0 ? [] : await this.received.listMedia(accountId, messageSid);
    const raw = toInboundForm(sms, media);
    return {
      id: newId(),
      accountId,
      accountSid,
      raw,
      receivedAt: null,
      sentAt,
      fingerprint: unreadableKey(messageSid),
    };
  }

  private tell({ accountId, entryPointId, since }: ClaimedNumber, found: number): void {
    this.metrics.reconciled(found);
    this.logger.warn({ accountId, entryPointId, since, found }, "Fetched missing SMS from Twilio's list");
  }

  private async noteFailure(number: ClaimedNumber, error: Error): Promise<void> {
    if (error instanceof LeaseLost) return;
    const { accountId, entryPointId } = number;
    this.logger.warn({ err: error, accountId, entryPointId }, "Twilio's list could not be read; the walk is retried");
    const isTooMany = error instanceof Problem && error.extensions['twilioStatus'] === 429;
    await failNumber(this.dataSource.manager, number, wordsOfTwilio(error), isTooMany);
  }
}

/** Takes the place of the MessageSid of a listed message that is not a readable SMS: the webhook may still deliver it. */
const unreadableKey = (messageSid: string): string => `listed-${messageSid}`;

function partition<T>(all: T[], isFirst: (each: T) => boolean): [T[], T[]] {
  return [all.filter(isFirst), all.filter((each) => !isFirst(each))];
}
