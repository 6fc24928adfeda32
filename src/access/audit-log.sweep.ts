import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { Environment } from '../config/environment.js';
import { SweeperService } from '../queue/sweeper.service.js';

const BATCH_SIZE = 1_000;

/** Deletes entries older than AUDIT_LOG_DAYS. The table itself refuses to delete entries younger than 30 days. */
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
         SELECT id FROM audit_log WHERE at < now() - $1 * interval '1 day' ORDER BY at LIMIT ${BATCH_SIZE}
       )`,
      [this.environment.AUDIT_LOG_DAYS],
    );
  }
}
