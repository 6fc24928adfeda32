import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { TelephonyService } from '../twilio-integration/telephony.service.js';
import type { ReconciliationPageDto } from './reconciliation.dto.js';
import { readReconciliations, requestWalks } from './reconciliation.queries.js';

@Injectable()
export class ReconciliationService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly telephony: TelephonyService,
  ) {}

  async list(accountId: string): Promise<ReconciliationPageDto> {
    return { data: await readReconciliations(this.dataSource.manager, accountId), nextCursor: null };
  }

  /** A scheduler picks it up at its next sweep. */
  async request(accountId: string): Promise<ReconciliationPageDto> {
    await this.telephony.refuseDisconnected(accountId);
    await requestWalks(this.dataSource.manager, accountId);
    return this.list(accountId);
  }
}
