import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { QueueBackend } from '../queue/queue-backend.js';
import { SweeperService } from '../queue/sweeper.service.js';
import { ConsumerQueues } from './consumer-queues.queue.js';
import { Consumer } from './consumer.entity.js';

/** Removes from the consumers' queues what was done long ago; on Redis BullMQ does. */
@Injectable()
export class ConsumerQueuesSweep implements OnModuleInit {
  private readonly logger = new Logger(ConsumerQueuesSweep.name);

  constructor(
    private readonly sweeper: SweeperService,
    private readonly manager: EntityManager,
    private readonly queues: ConsumerQueues,
    private readonly backend: QueueBackend,
  ) {}

  onModuleInit(): void {
    if (this.backend.kind === 'postgres') this.sweeper.register('consumer-queues', () => this.sweep());
  }

  /** A queue that fails keeps none of the others from it. */
  private async sweep(): Promise<void> {
    const consumers = await this.manager.find(Consumer, { select: { name: true } });
    for (const { name } of consumers) {
      await this.queues.removeOld(name).catch((error: unknown) => {
        this.logger.error({ err: error, consumer: name }, 'What a consumer did long ago stays until the next sweep');
      });
    }
  }
}
