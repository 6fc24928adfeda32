import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type HealthCheck, listOf, resultsOf } from '../health-checks/health-check.js';
import { HealthChecksService } from '../health-checks/health-checks.service.js';
import { findLateConsumers, type LateConsumer } from './late-consumers.queries.js';

export const CONSUMERS_SENTENCES = {
  consumers_served: 'Every consumer has its events in its queue.',
  consumers_unserved:
    'Events do not get into the queue of {{names}}. Does a process with the role worker or scheduler run? None is lost.',
  consumers_failing: 'Events do not get into the queue of {{names}}. The last error: {{error}}. None is lost.',
};

const result = resultsOf('event_consumers', CONSUMERS_SENTENCES);

/** Whether every consumer gets its events. */
@Injectable()
export class ConsumersCheck implements OnModuleInit {
  constructor(
    private readonly checks: HealthChecksService,
    private readonly dataSource: DataSource,
  ) {}

  onModuleInit(): void {
    this.checks.register('event_consumers', async (accountId) =>
      checkEventConsumers(await findLateConsumers(this.dataSource.manager, accountId)),
    );
  }
}

export function checkEventConsumers(late: LateConsumer[]): HealthCheck {
  const [first] = late;
  if (first === undefined) return result('ok', 'consumers_served');
  const { lastError, since } = first;
  const consumers = late.map(({ name }) => name);
  const names = listOf(consumers, '…');
  const inWords = { names: listOf(consumers) };
  return lastError === null
    ? result('failing', 'consumers_unserved', { params: { names }, inWords, since })
    : result('failing', 'consumers_failing', { params: { names, error: lastError }, inWords, since });
}
