import { type BeforeApplicationShutdown, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource, type EntityManager } from 'typeorm';
import { WorkLoop } from '../common/work-loop.js';
import { SweeperService } from '../queue/sweeper.service.js';
import { ConsumerQueues } from './consumer-queues.queue.js';
import { withConsumerLock } from './consumer-lock.js';
import { Consumer } from './consumer.entity.js';
import { presentContactEvent } from './contact-event.dto.js';
import type { LogPosition } from './contact-event.js';
import { hasEventsBehindHorizon, notifyStreams, readContactEvents } from './contact-events.queries.js';
import { mendRestoredLog } from './restored-log.js';

const BATCH = 200;
const HORIZON_RETRY_MS = 5;
const HORIZON_RETRIES = 200;

/**
 * Carries the log into the consumers' queues, in order, from where each consumer's cursor stands. The cursor moves
 * after the queue took the events, so a crash in between repeats them (same job ids) and never skips one.
 */
@Injectable()
export class EventPublisherService implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(EventPublisherService.name);
  private readonly wanted = new Set<string>();
  private readonly publishing = new WorkLoop(
    () => this.wanted.size > 0,
    () => this.publishWanted(),
  );

  constructor(
    private readonly dataSource: DataSource,
    private readonly queues: ConsumerQueues,
    private readonly sweeper: SweeperService,
  ) {}

  async onModuleInit(): Promise<void> {
    if (await mendRestoredLog(this.dataSource)) {
      this.logger.warn('The database was restored into another cluster: the event log was put in order again');
    }
    this.sweeper.register('contact-events', () => this.publishWhatWaits());
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.publishing.untilIdle();
  }

  /** Call it after the commit of events of these accounts. Returns at once; what fails, the sweeper does. */
  notify(accountIds: Iterable<string>): void {
    for (const accountId of accountIds) this.wanted.add(accountId);
    this.publishing.start();
  }

  private async publishWanted(): Promise<void> {
    const accountIds = [...this.wanted];
    this.wanted.clear();
    try {
      await this.publishFor(accountIds);
    } catch (error) {
      this.logger.error({ err: error }, 'Publishing contact events failed; the sweeper tries again');
    }
  }

  private async publishWhatWaits(): Promise<number> {
    const rows: { accountId: string }[] = await this.dataSource.query(
      `SELECT DISTINCT c.account_id AS "accountId" FROM consumers c WHERE EXISTS (
         SELECT FROM contact_events e WHERE e.account_id = c.account_id
           AND (e.transaction_id, e.position) > (c.cursor_transaction_id, c.cursor_position)
           AND e.at < now() - interval '2 seconds')`,
    );
    return this.publishFor(rows.map(({ accountId }) => accountId));
  }

  private async publishFor(accountIds: string[]): Promise<number> {
    const [consumers] = await Promise.all([
      this.dataSource.query<{ id: string }[]>('SELECT id FROM consumers WHERE account_id = ANY ($1) ORDER BY id', [
        accountIds,
      ]),
      notifyStreams(this.dataSource.manager, accountIds),
    ]);
    let published = 0;
    for (const { id } of consumers) {
      published += await withConsumerLock(this.dataSource, id, (manager) => this.publishInOrder(manager, id));
    }
    return published;
  }

  private async publishInOrder(manager: EntityManager, consumerId: string): Promise<number> {
    const consumer = await manager.findOneBy(Consumer, { id: consumerId });
    if (consumer === null) return 0;
    let at: LogPosition = { transactionId: consumer.cursorTransactionId, position: consumer.cursorPosition };
    let published = 0;
    for (let retries = 0; retries < HORIZON_RETRIES;) {
      const events = await readContactEvents(manager, consumer.accountId, at, BATCH);
      const last = events.at(-1);
      if (last !== undefined) {
        await this.deliver(manager, consumer, events.map(presentContactEvent));
        at = { transactionId: last.transactionId, position: last.position };
        await moveCursor(manager, consumerId, at, events.length);
        published += events.length;
        if (events.length === BATCH) continue;
      }
      if (!(await hasEventsBehindHorizon(manager, consumer.accountId, at))) break;
      if (last !== undefined) continue;
      retries++;
      await sleep(HORIZON_RETRY_MS);
    }
    return published;
  }

  private async deliver(
    manager: EntityManager,
    consumer: Consumer,
    events: ReturnType<typeof presentContactEvent>[],
  ): Promise<void> {
    try {
      await this.queues.publish(consumer, events);
    } catch (error) {
      await manager.update(Consumer, { id: consumer.id }, { lastError: (error as Error).message });
      throw error;
    }
  }
}

function moveCursor(manager: EntityManager, consumerId: string, at: LogPosition, count: number): Promise<unknown> {
  return manager.query(
    `UPDATE consumers SET cursor_transaction_id = $2::xid8, cursor_position = $3,
       published_count = published_count + $4, last_published_at = now(), last_error = NULL
     WHERE id = $1`,
    [consumerId, at.transactionId, at.position, count],
  );
}
