import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Backlog, describeWait, judgeWait } from '../health-checks/backlog.js';
import { type HealthCheck, resultsOf } from '../health-checks/health-check.js';
import { HealthChecksService } from '../health-checks/health-checks.service.js';
import { type DeadLetters, readDeadLetters, readInboundBacklog } from './inbound-sms-health.queries.js';

const PATIENCE_SECONDS = 30;

export const INBOUND_BACKLOG_SENTENCES = {
  inbound_flows: '{{count}} SMS wait to be processed, none for long.',
  inbound_waits:
    '{{count}} SMS wait to be processed, the oldest for {{wait}}. Does a process with the role worker run? Its log says what holds it up.',
};

export const DEAD_LETTERS_SENTENCES = {
  no_dead_letters: 'No SMS failed for good.',
  dead_letters:
    '{{count}} SMS failed for good. Look at why (GET inbound-sms?verdict=dead_letter), then replay or discard them.',
};

const backlogResult = resultsOf('inbound_backlog', INBOUND_BACKLOG_SENTENCES);
const deadLettersResult = resultsOf('dead_letters', DEAD_LETTERS_SENTENCES);

/** Whether SMS wait to be processed, or failed for good. */
@Injectable()
export class InboundSmsHealthCheck implements OnModuleInit {
  constructor(
    private readonly checks: HealthChecksService,
    private readonly dataSource: DataSource,
  ) {}

  onModuleInit(): void {
    const { manager } = this.dataSource;
    this.checks.register('inbound_backlog', async (accountId) =>
      checkInboundBacklog(await readInboundBacklog(manager, accountId)),
    );
    this.checks.register('dead_letters', async (accountId) =>
      checkDeadLetters(await readDeadLetters(manager, accountId)),
    );
  }
}

export function checkInboundBacklog(backlog: Backlog): HealthCheck {
  const state = judgeWait(backlog, PATIENCE_SECONDS);
  if (state === 'ok') return backlogResult(state, 'inbound_flows', { params: { count: backlog.count } });
  return backlogResult(state, 'inbound_waits', describeWait(backlog));
}

export function checkDeadLetters({ count, since }: DeadLetters): HealthCheck {
  if (count === 0) return deadLettersResult('ok', 'no_dead_letters');
  return deadLettersResult('warning', 'dead_letters', { params: { count }, since });
}
