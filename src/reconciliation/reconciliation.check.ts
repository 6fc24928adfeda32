import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type HealthCheck, resultsOf } from '../health-checks/health-check.js';
import { HealthChecksService } from '../health-checks/health-checks.service.js';
import { readReconciliation, type Reconciliation } from './reconciliation.queries.js';

/** A walk over many pages takes its time. */
const WALK_PATIENCE_MS = 10 * 60_000;

export const RECONCILIATION_SENTENCES = {
  reconciliation_complete: 'Every SMS that Twilio received in the last 24 hours came by webhook.',
  reconciliation_fetched:
    "{{count}} SMS of the last 24 hours never came by webhook and were fetched from Twilio's list (GET inbound-sms?source=reconciled). None is lost; look for an outage at that time, here or on the way.",
  reconciliation_unreadable:
    "Twilio's list of received messages cannot be read ({{error}}). Until it can, an SMS that does not come is not noticed; it is tried again by itself.",
  reconciliation_overdue: "Nobody compares the journal with Twilio's list. Does a process with the role scheduler run?",
};

const result = resultsOf('reconciliation', RECONCILIATION_SENTENCES);

/** Whether every SMS in Twilio's list came here. */
@Injectable()
export class ReconciliationCheck implements OnModuleInit {
  constructor(
    private readonly checks: HealthChecksService,
    private readonly dataSource: DataSource,
  ) {}

  onModuleInit(): void {
    this.checks.register('reconciliation', async (accountId) =>
      checkReconciliation(await readReconciliation(this.dataSource.manager, accountId)),
    );
  }
}

/** What never came is fetched from Twilio's list, so it is not lost; but somebody should find out why it did not come. */
export function checkReconciliation(reconciliation: Reconciliation): HealthCheck {
  const { fetched, fetchedSince, lastError, failingSince, overdueSince } = reconciliation;
  if (failingSince !== null) {
    return result('warning', 'reconciliation_unreadable', { params: { error: lastError ?? '' }, since: failingSince });
  }
  if (overdueSince !== null && overdueSince.getTime() < Date.now() - WALK_PATIENCE_MS) {
    return result('warning', 'reconciliation_overdue', { since: overdueSince });
  }
  if (fetched === 0) return result('ok', 'reconciliation_complete');
  return result('warning', 'reconciliation_fetched', { params: { count: fetched }, since: fetchedSince });
}
