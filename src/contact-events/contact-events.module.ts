import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessModule } from '../access/access.module.js';
import { ConsumerQueues } from './consumer-queues.queue.js';
import { ConsumerQueuesSweep } from './consumer-queues.sweep.js';
import { Consumer } from './consumer.entity.js';
import { ConsumersCheck } from './consumers.check.js';
import { ConsumersController } from './consumers.controller.js';
import { ConsumersService } from './consumers.service.js';
import { ContactEventsController } from './contact-events.controller.js';
import { ContactEventsService } from './contact-events.service.js';
import { EventLogPruningSweep } from './event-log-pruning.sweep.js';
import { EventPublisherService } from './event-publisher.service.js';
import { EventStreamController } from './event-stream.controller.js';
import { EventStreamService } from './event-stream.service.js';

@Module({
  imports: [AccessModule, TypeOrmModule.forFeature([Consumer])],
  controllers: [EventStreamController, ContactEventsController, ConsumersController],
  providers: [
    ContactEventsService,
    EventStreamService,
    ConsumersService,
    ConsumerQueues,
    ConsumerQueuesSweep,
    EventPublisherService,
    EventLogPruningSweep,
    ConsumersCheck,
  ],
  exports: [EventPublisherService],
})
export class ContactEventsModule {}
