import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type HealthCheck, resultsOf } from '../health-checks/health-check.js';
import { HealthChecksService } from '../health-checks/health-checks.service.js';
import { RefusedRequestsService, type Refusals } from './refused-requests.service.js';

export const SIGNATURES_SENTENCES = {
  signatures_match: 'No webhook request of the last 15 minutes had a wrong signature.',
  signatures_wrong:
    '{{count}} webhook requests of the last 15 minutes were refused: their signature does not match. They were checked against {{address}} and the stored AUTH TOKEN: the URL in Twilio must begin with exactly that (set PUBLIC_URL, then the webhook), and the token must be the one of the account that has the number.',
};

const result = resultsOf('signatures', SIGNATURES_SENTENCES);

/** Whether requests to the account's webhooks had wrong signatures. */
@Injectable()
export class SignaturesCheck implements OnModuleInit {
  constructor(
    private readonly checks: HealthChecksService,
    private readonly refused: RefusedRequestsService,
  ) {}

  onModuleInit(): void {
    this.checks.register('signatures', (accountId) => checkSignatures(this.refused.find(accountId)));
  }
}

/** @param refused requests that this process refused of late; null when there were none */
export function checkSignatures(refused: Refusals | null): HealthCheck {
  if (refused === null) return result('ok', 'signatures_match');
  const { count, addresses, since } = refused;
  return result('warning', 'signatures_wrong', { params: { count, address: addresses.join(', ') }, since });
}
