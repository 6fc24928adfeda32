import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Job, Queue } from 'bullmq';
import { Problem } from '../common/problem.js';
import { pipelined } from '../database/pipelined.js';
import { withDeadline } from '../queue/deadline.js';
import { QueueBackend } from '../queue/queue-backend.js';
import { PunctualQueue } from '../queue/punctual-queue.js';
import type { ContactEventDto } from './contact-event.dto.js';
import type { Consumer } from './consumer.entity.js';

const DEADLINE_MS = 5_000;
const FEW = 20;
const CLEAN_BATCH = 2_000;

type FinishedState = 'completed' | 'failed';

/** How long, in seconds, a job stays that a consumer is through with. */
const KEPT: Record<QueueBackend['kind'], Record<FinishedState, { age: number; count?: number }>> = {
  redis: { completed: { age: 24 * 3600, count: 10_000 }, failed: { age: 7 * 24 * 3600 } },
  postgres: { completed: { age: 600 }, failed: { age: 7 * 24 * 3600 } },
};

/** What a job in a consumer's queue may be. */
export const DELIVERY_STATES = ['waiting', 'active', 'delayed', 'completed', 'failed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export type EventJob = Job<ContactEventDto>;

type NewJob = Parameters<Queue<ContactEventDto>['addBulk']>[0][number];

export const queueNameOf = (consumerName: string): string => `contact-events-${consumerName}`;

/** The queues of the consumers: each is made at its first use, and kept. */
@Injectable()
export class ConsumerQueues implements OnApplicationShutdown {
  private readonly queues = new Map<string, PunctualQueue<ContactEventDto>>();

  constructor(private readonly backend: QueueBackend) {}

  /** @throws when the queue does not take them within 5 s; all may be given again, job ids tell repeats */
  async publish({ name, generation }: Consumer, events: ContactEventDto[]): Promise<void> {
    const jobs = events.map((event) => ({
      name: event.type,
      data: event,
      opts: {
        jobId: `ev-${event.id}-g${generation}`,
        attempts: 10,
        backoff: { type: 'exponential', delay: 1_000, jitter: 0.5 },
        removeOnComplete: this.retention('completed'),
        removeOnFail: this.retention('failed'),
      },
    }));
    await withDeadline(this.add(this.queueOf(name), jobs), DEADLINE_MS, `publishing to ${queueNameOf(name)}`);
  }

  /**
   * Removes what was done long ago; on PostgreSQL, where BullMQ does not itself.
   * @throws when the queue does not answer within 5 s
   */
  async removeOld(name: string): Promise<void> {
    for (const state of ['completed', 'failed'] as const) {
      for (let removed = CLEAN_BATCH; removed === CLEAN_BATCH;) {
        const cleaning = this.queueOf(name).clean(KEPT.postgres[state].age * 1_000, CLEAN_BATCH, state);
        removed = (await withDeadline(cleaning, DEADLINE_MS, `cleaning ${queueNameOf(name)}`)).length;
      }
    }
  }

  /** On PostgreSQL a sweep does it: BullMQ would look through all that is kept, at the end of each job. */
  private retention(state: FinishedState) {
    return this.backend.kind === 'redis' && KEPT.redis[state];
  }

  /** A few each by itself: for a bulk, BullMQ on PostgreSQL makes temporary tables, which costs more. */
  private async add(queue: PunctualQueue<ContactEventDto>, jobs: NewJob[]): Promise<void> {
    if (this.backend.kind === 'redis' || jobs.length > FEW) await queue.addBulk(jobs);
    else await this.backend.together(() => pipelined(jobs.map(({ name, data, opts }) => queue.add(name, data, opts))));
  }

  counts(name: string): Promise<Record<string, number>> {
    const counting = this.queueOf(name).getJobCounts(...DELIVERY_STATES);
    return asking(counting, `counting ${queueNameOf(name)}`);
  }

  /** Newest first. */
  list(name: string, state: DeliveryState, start: number, count: number): Promise<EventJob[]> {
    const listing = this.queueOf(name).getJobs([state], start, start + count - 1);
    return asking(listing, `listing ${queueNameOf(name)}`);
  }

  /** Deletes the queue and all that is in it. */
  async remove(name: string): Promise<void> {
    const queue = this.queueOf(name);
    await asking(queue.obliterate({ force: true }), `removing ${queueNameOf(name)}`);
    this.queues.delete(name);
    await queue.close();
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
  }

  /** One whose connection failed while it was made stays so for good; the next use makes another. */
  private forgetUnlessReady(name: string, queue: PunctualQueue<ContactEventDto>): void {
    queue.waitUntilReady().catch(() => {
      if (this.queues.get(name) === queue) this.queues.delete(name);
      void queue.close();
    });
  }

  private queueOf(name: string): PunctualQueue<ContactEventDto> {
    let queue = this.queues.get(name);
    if (queue === undefined) {
      const { producer: connection, prefix } = this.backend;
      queue = new PunctualQueue(queueNameOf(name), { connection, prefix });
      this.queues.set(name, queue);
      this.forgetUnlessReady(name, queue);
    }
    return queue;
  }
}

async function asking<T>(answer: Promise<T>, doing: string): Promise<T> {
  try {
    return await withDeadline(answer, DEADLINE_MS, doing);
  } catch (cause) {
    throw new Problem(503, 'queue_unavailable', 'The queue does not answer. Try again in a few seconds.', { cause });
  }
}
