import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { DataSource, type EntityManager, Repository } from 'typeorm';
import { AuditLogService } from '../access/audit-log.service.js';
import type { Caller } from '../access/caller.js';
import { decodeCursor, NUMBER_POSITION, type Page, toPage } from '../common/cursor-page.js';
import { newId } from '../common/ids.js';
import { conflict, notFound, unprocessable } from '../common/problem.js';
import { QueueBackend } from '../queue/queue-backend.js';
import { withConsumerLock } from './consumer-lock.js';
import { ConsumerQueues } from './consumer-queues.queue.js';
import {
  type ConsumerDto,
  type DeliveryDto,
  type DeliveryQuery,
  presentConsumer,
  presentDelivery,
  type PutConsumerDto,
  type ReplayConsumerDto,
} from './consumer.dto.js';
import { Consumer } from './consumer.entity.js';
import type { LogPosition } from './contact-event.js';
import { findLogEnd } from './contact-events.queries.js';
import { findHorizonPast } from './event-log-pruning.queries.js';
import { EventPublisherService } from './event-publisher.service.js';
import { eventsPruned } from './events-pruned.js';
import { LOG_START, parseSequence } from './sequence.js';

const NAME = /^[a-z][a-z0-9-]{0,39}$/;

@Injectable()
export class ConsumersService {
  constructor(
    @InjectRepository(Consumer) private readonly consumers: Repository<Consumer>,
    private readonly dataSource: DataSource,
    private readonly queues: ConsumerQueues,
    private readonly backend: QueueBackend,
    private readonly publisher: EventPublisherService,
    private readonly auditLog: AuditLogService,
  ) {}

  async list(accountId: string): Promise<{ data: ConsumerDto[]; nextCursor: null }> {
    const consumers = await this.consumers.find({ where: { accountId }, order: { name: 'ASC' } });
    return { data: await Promise.all(consumers.map((consumer) => this.present(consumer))), nextCursor: null };
  }

  async get(accountId: string, name: string): Promise<ConsumerDto> {
    return this.present(await this.getConsumer(accountId, name));
  }

  /** Registers a consumer; it gets every event committed from now on. Doing it again changes nothing. */
  async put(caller: Caller, name: string, { transport = 'queue' }: PutConsumerDto): Promise<ConsumerDto> {
    refuseBadName(name);
    const { accountId } = caller;
    const end = await findLogEnd(this.dataSource.manager);
    await this.dataSource.transaction(async (manager) => {
      const made: unknown[] = await manager.query(
        `INSERT INTO consumers (id, account_id, name, transport, cursor_transaction_id, cursor_position)
         VALUES ($1, $2, $3, $4, $5::xid8, $6) ON CONFLICT (name) DO NOTHING RETURNING id`,
        [newId(), accountId, name, transport, end.transactionId, end.position],
      );
      if (made.length > 0)
        await this.auditLog.record(manager, caller, { action: 'consumer.created', subject: named(name) });
    });
    const consumer = await this.consumers.findOneBy({ accountId, name });
    if (consumer === null) {
      throw conflict('consumer_name_taken', 'The name "{{name}}" is taken in this service. Choose another one.', {
        name,
      });
    }
    return this.present(consumer);
  }

  /** Deletes a consumer with its queue and what is still in it. */
  async delete(caller: Caller, name: string): Promise<void> {
    const { accountId } = caller;
    const { id } = await this.getConsumer(accountId, name);
    await withConsumerLock(this.dataSource, id, async () => {
      await this.queues.remove(name);
      await this.dataSource.transaction(async (manager) => {
        await manager.delete(Consumer, { accountId, name });
        await this.auditLog.record(manager, caller, { action: 'consumer.deleted', subject: named(name) });
      });
    });
  }

  async deliveries(accountId: string, name: string, query: DeliveryQuery): Promise<Page<DeliveryDto>> {
    await this.getConsumer(accountId, name);
    const { state, limit, cursor } = query;
    const start = cursor === undefined ? 0 : Number(decodeCursor(cursor, NUMBER_POSITION));
    const jobs = await this.queues.list(name, state, start, limit + 1);
    return toPage(
      jobs,
      limit,
      () => String(start + limit),
      (job) => presentDelivery(job, state),
    );
  }

  /**
   * Sets the cursor back: events after it come again, with the same event ids.
   * @throws Problem 410 when events after that place are gone
   */
  async replay(caller: Caller, name: string, { after }: ReplayConsumerDto): Promise<ConsumerDto> {
    const { accountId } = caller;
    const { id } = await this.getConsumer(accountId, name);
    const start = after === undefined ? LOG_START : parseSequence(after);
    await withConsumerLock(this.dataSource, id, (manager) =>
      manager.transaction(async (transaction) => {
        await setCursorBack(transaction, accountId, id, start);
        // After the update: from then on, nothing past the cursor is pruned.
        if (after !== undefined) await refuseGap(transaction, accountId, start);
        await this.auditLog.record(transaction, caller, {
          action: 'consumer.replayed',
          subject: named(name),
          after: { after: after ?? null },
        });
      }),
    );
    this.publisher.notify([accountId]);
    return this.get(accountId, name);
  }

  private async getConsumer(accountId: string, name: string): Promise<Consumer> {
    const consumer = NAME.test(name) ? await this.consumers.findOneBy({ accountId, name }) : null;
    if (consumer === null) throw notFound('consumer');
    return consumer;
  }

  private async present(consumer: Consumer): Promise<ConsumerDto> {
    const { kind, prefix } = this.backend;
    return presentConsumer(consumer, { backend: kind, prefix, counts: await this.queues.counts(consumer.name) });
  }
}

/** A consumer's name is what it is known by. */
const named = (name: string) => ({ id: name, name });

function setCursorBack(manager: EntityManager, accountId: string, id: string, at: LogPosition): Promise<unknown> {
  return manager.query(
    `UPDATE consumers SET cursor_transaction_id = $3::xid8, cursor_position = $4, generation = generation + 1
     WHERE account_id = $1 AND id = $2`,
    [accountId, id, at.transactionId, at.position],
  );
}

async function refuseGap(manager: EntityManager, accountId: string, start: LogPosition): Promise<void> {
  const horizon = await findHorizonPast(manager, accountId, start);
  if (horizon === null) return;
  throw eventsPruned(horizon, () => 'Leave after out to replay from the oldest event there is.');
}

function refuseBadName(name: string): void {
  if (NAME.test(name)) return;
  const message = 'must be 1 to 40 lower-case letters, digits and hyphens, and begin with a letter';
  throw unprocessable('consumer_name_invalid', `The name of a consumer ${message}.`, [{ field: 'name', message }]);
}
