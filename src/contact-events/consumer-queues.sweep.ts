import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { SweeperService } from '../queue/sweeper.service.js';
import { ConsumerQueues } from './consumer-queues.queue.js';
import { Consumer } from './consumer.entity.js';

/** Removes from the consumers' queues what was done long ago. */
@Injectable()
export class ConsumerQueuesSweep implements OnModuleInit {
  constructor(
    private readonly sweeper: SweeperService,
    private readonly manager: EntityManager,
    private readonly queues: ConsumerQueues,
  ) {}

  onModuleInit(): void {
    this.sweeper.register('consumer-queues', () => this.sweep());
  }

  async sweep(): Promise<void> {
    const consumers = await this.manager.find(Consumer, { select: { name: true } });
    for (const { name } of consumers) await this.queues.removeOld(name);
  }
}
