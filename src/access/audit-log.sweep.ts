import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Environment } from '../config/environment.js';
import { SweeperService } from '../queue/sweeper.service.js';

const BATCH = 1_000;

/** Deletes what is older than AUDIT_LOG_DAYS; the table itself refuses to lose anything younger than 30 days. */
@Injectable()
export class AuditLogSweep implements OnModuleInit {
  constructor(
    private readonly sweeper: SweeperService,
    private readonly manager: EntityManager,
    private readonly environment: Environment,
  ) {}

  onModuleInit(): void {
    this.sweeper.register('audit-log', () => this.sweep());
  }

  async sweep(): Promise<void> {
    await this.manager.query(
      `DELETE FROM audit_log WHERE id IN (
         SELECT id FROM audit_log WHERE at < now() - $1 * interval '1 day' ORDER BY at LIMIT ${BATCH}
       )`,
      [this.environment.AUDIT_LOG_DAYS],
    );
  }
}
