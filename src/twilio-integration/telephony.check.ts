import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type HealthCheck, resultsOf } from '../health-checks/health-check.js';
import { HealthChecksService } from '../health-checks/health-checks.service.js';
import { TELEPHONY_PROBLEMS, type TelephonyDto } from './telephony.dto.js';
import { TelephonyService } from './telephony.service.js';

export const TELEPHONY_SENTENCES = {
  telephony_connected: 'Twilio account {{accountSid}} is connected.',
  telephony_failing: TELEPHONY_PROBLEMS.failing,
  telephony_disconnected: TELEPHONY_PROBLEMS.disconnected,
};

const result = resultsOf('telephony', TELEPHONY_SENTENCES);

/** Whether the account's Twilio account is connected. */
@Injectable()
export class TelephonyCheck implements OnModuleInit {
  constructor(
    private readonly checks: HealthChecksService,
    private readonly telephony: TelephonyService,
  ) {}

  onModuleInit(): void {
    this.checks.register('telephony', async (accountId) => checkTelephony(await this.telephony.get(accountId)));
  }
}

export function checkTelephony({ state, accountSid, verifiedAt }: TelephonyDto): HealthCheck {
  if (state === 'connected') return result('ok', 'telephony_connected', { params: { accountSid: accountSid! } });
  return result(state === 'failing' ? 'failing' : 'warning', `telephony_${state}`, { since: verifiedAt });
}
