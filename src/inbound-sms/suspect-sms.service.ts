import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  beginTry,
  endTry,
  findFirstWaiting,
  findWaitingConversations,
  tryToLockSuspect,
} from './inbound-sms-processing.queries.js';
import { InboundSmsProcessingService, MAX_ATTEMPTS } from './inbound-sms-processing.service.js';
import { InboundSmsMetrics } from './inbound-sms.metrics.js';

/**
 * Processes rows whose job came back: one of them may kill the process that touches it. So each attempt is counted in a
 * commit of its own before it begins, and after the last one the row becomes a dead letter.
 */
@Injectable()
export class SuspectSmsService {
  private readonly logger = new Logger(SuspectSmsService.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly inboundSms: InboundSmsProcessingService,
    private readonly metrics: InboundSmsMetrics,
  ) {}

  /** Conversations with the fewest attempts come first, so that a poisonous row delays nobody. @throws transient errors */
  async process(ids: string[]): Promise<void> {
    for (const conversation of await findWaitingConversations(this.dataSource.manager, ids)) {
      await this.processConversation(conversation);
    }
  }

  private async processConversation(conversation: string): Promise<void> {
    const runner = this.dataSource.createQueryRunner();
    try {
      // Another worker counts its attempts already. The lock ends with its process, however that ends.
      if (!(await tryToLockSuspect(runner.manager, conversation))) return;
      while (await this.tryFirst(conversation));
    } finally {
      // The connection must not return to the pool with the lock.
      await runner.query('SELECT pg_advisory_unlock_all()').catch(() => undefined);
      await runner.release();
    }
  }

  /** @returns false when nothing is pending any more */
  private async tryFirst(conversation: string): Promise<boolean> {
    const { manager } = this.dataSource;
    const first = await findFirstWaiting(manager, conversation);
    if (first === null) return false;
    if (await beginTry(manager, first.id, MAX_ATTEMPTS)) {
      await this.inboundSms.processFirst(conversation, first).catch(async (error: unknown) => {
        await endTry(manager, first.id).catch(() => undefined);
        throw error;
      });
      return true;
    }
    this.metrics.judged('dead_letter', 1);
    this.logger.error({ inboundSmsId: first.id }, 'An SMS is a dead letter now: each process that tried it ended');
    return true;
  }
}
