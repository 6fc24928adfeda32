import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { fillIn } from '../common/sentence.js';
import { Environment } from '../config/environment.js';
import { DATABASE_RISKS, type DatabaseRisk, findDatabaseRisks } from '../database/durability.js';
import { type HealthCheck, resultsOf } from '../health-checks/health-check.js';
import { HealthChecksService } from '../health-checks/health-checks.service.js';
import { withDeadline } from '../queue/deadline.js';
import { QUEUE_RISKS, QueueBackend, type QueueRisk } from '../queue/queue-backend.js';

const DEADLINE_MS = 2_000;

type Risk = DatabaseRisk | QueueRisk;

export const DURABILITY_SENTENCES = {
  durability_sound: 'What is accepted is on disk.',
  ...DATABASE_RISKS,
  ...QUEUE_RISKS,
};

const result = resultsOf('durability', DURABILITY_SENTENCES);

/** "Accepted" is worth what the settings of PostgreSQL, and of Redis, are worth. */
@Injectable()
export class DurabilityService implements OnModuleInit {
  private readonly logger = new Logger(DurabilityService.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly queue: QueueBackend,
    private readonly environment: Environment,
    private readonly checks: HealthChecksService,
  ) {}

  async onModuleInit(): Promise<void> {
    this.checks.register('durability', async () => checkDurability(await this.findRisks()));
    const risks = (await this.findRisks()).map(({ reason, params }) => fillIn(DURABILITY_SENTENCES[reason], params));
    if (risks.length > 0 && this.environment.STRICT_DURABILITY) {
      throw new Error(`STRICT_DURABILITY: ${risks.join(' ')}`);
    }
    for (const risk of risks) this.logger.warn(risk);
  }

  private async findRisks(): Promise<Risk[]> {
    const ofQueue = withDeadline(this.queue.findRisks(), DEADLINE_MS, 'asking the queue for its settings');
    const [database, queue] = await Promise.all([findDatabaseRisks(this.dataSource), ofQueue.catch(() => [])]);
    return [...database, ...queue];
  }
}

/** One for each risk. */
export function checkDurability(risks: Risk[]): HealthCheck[] {
  if (risks.length === 0) return [result('ok', 'durability_sound')];
  return risks.map(({ reason, params }) => result('warning', reason, { params }));
}
