import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString } from 'class-validator';
import { PageQuery } from '../common/cursor-page.js';
import { DELIVERY_STATES, type DeliveryState, type EventJob, queueNameOf } from './consumer-queues.queue.js';
import type { Consumer } from './consumer.entity.js';
import { ContactEventDto } from './contact-event.dto.js';

/** How a consumer gets its events. */
export class PutConsumerDto {
  /** `queue`: a BullMQ queue of its own, called `contact-events-<name>`. */
  @IsOptional()
  @IsIn(['queue'])
  transport?: 'queue';
}

/** From where to give events again. */
export class ReplayConsumerDto {
  /**
   * `sequence` after which events are given again; leave it out to begin with the oldest event there is.
   * @example "00000000000002f2.000000000000000c"
   */
  @IsOptional()
  @IsString()
  after?: string;
}

/** A consumer of contact events. */
export class ConsumerDto {
  /** Names the consumer, and its queue. @example "billing" */
  name: string;

  /** How it gets its events. */
  transport: 'queue';

  /** The BullMQ queue to read with a Worker. @example "contact-events-billing" */
  queueName: string;

  /** What BullMQ runs on here; the consumer's Worker must use the same. */
  backend: 'postgres' | 'redis';

  /** Key prefix to give to the Worker (Redis only). @example "bull" */
  prefix: string;

  /** Jobs in the queue by state. @example { "waiting": 0, "active": 0, "delayed": 0, "completed": 12, "failed": 0 } */
  counts: Record<string, number>;

  /** Events put into the queue so far. @example 12 */
  publishedCount: number;

  /** When an event was last put into the queue. @example "2026-11-24T10:31:00.000Z" */
  lastPublishedAt: Date | null;

  /**
   * Why the last attempt to publish failed; null when it went well.
   * @example "publishing to contact-events-billing took longer than 5000 ms"
   */
  lastError: string | null;

  /** When it was registered. @example "2026-11-24T10:31:00.000Z" */
  createdAt: Date;
}

/** The consumers of the account. */
export class ConsumerListDto {
  /** The consumers. */
  data: ConsumerDto[];

  /** Always null: the list is short and comes whole. */
  nextCursor: string | null;
}

/** Which deliveries to list. */
export class DeliveryQuery extends PageQuery {
  /** State of the job in the consumer's queue. */
  @ApiPropertyOptional()
  @IsOptional()
  @IsIn(DELIVERY_STATES, { message: `must be one of ${DELIVERY_STATES.join(', ')}` })
  state: DeliveryState = 'failed';
}

/** One event in a consumer's queue. */
export class DeliveryDto {
  /** BullMQ's job id. @example "ev-019ab2c4-7f81-7c3a-9c55-0a3f1f6f2b13-g1" */
  jobId: string;

  /** State of the job in the consumer's queue. */
  state: DeliveryState;

  /** How often the consumer has tried. @example 1 */
  attempts: number;

  /** Why the consumer's last attempt failed. @example "Cannot reach the billing database" */
  failedReason: string | null;

  /** When it was put into the queue. @example "2026-11-24T10:31:00.000Z" */
  queuedAt: Date;

  /** When the consumer was done with it, or gave up. @example "2026-11-24T10:31:00.000Z" */
  finishedAt: Date | null;

  /** The event, as the consumer gets it. */
  event: ContactEventDto;
}

/** A page of deliveries. */
export class DeliveryPageDto {
  /** The deliveries. */
  data: DeliveryDto[];

  /** `cursor` of the next page; null on the last one. @example "MDE5YWIyYzQ" */
  nextCursor: string | null;
}

export const presentConsumer = (
  consumer: Consumer,
  queue: Pick<ConsumerDto, 'backend' | 'prefix' | 'counts'>,
): ConsumerDto => ({
  name: consumer.name,
  transport: consumer.transport,
  queueName: queueNameOf(consumer.name),
  ...queue,
  publishedCount: Number(consumer.publishedCount),
  lastPublishedAt: consumer.lastPublishedAt,
  lastError: consumer.lastError,
  createdAt: consumer.createdAt,
});

export const presentDelivery = (job: EventJob, state: DeliveryState): DeliveryDto => ({
  jobId: job.id ?? '',
  state,
  attempts: job.attemptsMade,
  failedReason: job.failedReason || null,
  queuedAt: new Date(job.timestamp),
  finishedAt: job.finishedOn === undefined ? null : new Date(job.finishedOn),
  event: job.data,
});
