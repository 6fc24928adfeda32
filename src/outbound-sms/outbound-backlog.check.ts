import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Backlog, describeWait, judgeWait } from '../health-checks/backlog.js';
import { type HealthCheck, resultsOf } from '../health-checks/health-check.js';
import { HealthChecksService } from '../health-checks/health-checks.service.js';
import { readOutboundBacklog } from './outbound-backlog.queries.js';

/** Replies wait for the pace of their number: some minutes are nothing unusual. */
const PATIENCE_SECONDS = 5 * 60;

export const OUTBOUND_BACKLOG_SENTENCES = {
  outbound_flows: '{{count}} messages wait to be sent, none for long.',
  outbound_waits:
    '{{count}} messages wait to be sent, the oldest for {{wait}}. Each number sends at its own pace (SMS_PER_SECOND); when Twilio refuses or does not answer, the log says so.',
};

const result = resultsOf('outbound_backlog', OUTBOUND_BACKLOG_SENTENCES);

/** Whether messages wait to be sent. */
@Injectable()
export class OutboundBacklogCheck implements OnModuleInit {
  constructor(
    private readonly checks: HealthChecksService,
    private readonly dataSource: DataSource,
  ) {}

  onModuleInit(): void {
    this.checks.register('outbound_backlog', async (accountId) =>
      checkOutboundBacklog(await readOutboundBacklog(this.dataSource.manager, accountId)),
    );
  }
}

export function checkOutboundBacklog(backlog: Backlog): HealthCheck {
  const state = judgeWait(backlog, PATIENCE_SECONDS);
  if (state === 'ok') return result(state, 'outbound_flows', { params: { count: backlog.count } });
  return result(state, 'outbound_waits', describeWait(backlog));
}
