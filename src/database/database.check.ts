import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type HealthCheck, resultsOf } from '../health-checks/health-check.js';
import { HealthChecksService } from '../health-checks/health-checks.service.js';

const SLOW_MS = 1_000;

export const DATABASE_SENTENCES = {
  database_answers: 'PostgreSQL {{version}} answers in {{ms}} ms.',
  database_slow:
    'PostgreSQL {{version}} answers in {{ms}} ms. That is slow: look at its load, and at the network between.',
};

const result = resultsOf('database', DATABASE_SENTENCES);

/** Whether the database answers, and how fast. */
@Injectable()
export class DatabaseCheck implements OnModuleInit {
  constructor(
    private readonly checks: HealthChecksService,
    private readonly dataSource: DataSource,
  ) {}

  onModuleInit(): void {
    this.checks.register('database', () => this.check());
  }

  private async check(): Promise<HealthCheck> {
    const asked = performance.now();
    const [{ version }] = await this.dataSource.query(
      `SELECT split_part(current_setting('server_version'), ' ', 1) AS version`,
    );
    return checkDatabase(version, performance.now() - asked);
  }
}

export function checkDatabase(version: string, ms: number): HealthCheck {
  const params = { version, ms: Math.ceil(ms) };
  if (ms < SLOW_MS) return result('ok', 'database_answers', { params });
  return result('warning', 'database_slow', { params });
}
