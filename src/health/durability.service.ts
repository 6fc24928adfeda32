import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { fillIn } from '../common/sentence.js';
import { Environment } from '../config/environment.js';
import { type DatabaseRisk, findDatabaseRisks } from '../database/durability.js';
import { withDeadline } from '../queue/deadline.js';
import { QueueBackend, type QueueRisk } from '../queue/queue-backend.js';
import { HEALTH_SENTENCES } from './health-sentences.js';

const DEADLINE_MS = 2_000;

/** "Accepted" is worth what the settings of PostgreSQL, and of Redis, are worth. */
@Injectable()
export class DurabilityService implements OnModuleInit {
  private readonly logger = new Logger(DurabilityService.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly queue: QueueBackend,
    private readonly environment: Environment,
  ) {}

  async onModuleInit(): Promise<void> {
    const risks = (await this.findRisks()).map(({ reason, params }) => fillIn(HEALTH_SENTENCES[reason], params));
    if (risks.length > 0 && this.environment.STRICT_DURABILITY) {
      throw new Error(`STRICT_DURABILITY: ${risks.join(' ')}`);
    }
    for (const risk of risks) this.logger.warn(risk);
  }

  async findRisks(): Promise<(DatabaseRisk | QueueRisk)[]> {
    const ofQueue = withDeadline(this.queue.findRisks(), DEADLINE_MS, 'asking the queue for its settings');
    const [database, queue] = await Promise.all([findDatabaseRisks(this.dataSource), ofQueue.catch(() => [])]);
    return [...database, ...queue];
  }
}
