import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Environment } from '../config/environment.js';
import { findDatabaseRisks } from '../database/durability.js';
import { withDeadline } from '../queue/deadline.js';
import { QueueBackend } from '../queue/queue-backend.js';

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
    const risks = await this.findRisks();
    if (risks.length > 0 && this.environment.STRICT_DURABILITY) {
      throw new Error(`STRICT_DURABILITY: ${risks.join(' ')}`);
    }
    for (const risk of risks) this.logger.warn(risk);
  }

  /** In words, with the way out. */
  async findRisks(): Promise<string[]> {
    const ofQueue = withDeadline(this.queue.findRisks(), DEADLINE_MS, 'asking the queue for its settings');
    const [database, queue] = await Promise.all([findDatabaseRisks(this.dataSource), ofQueue.catch(() => [])]);
    return [...database, ...queue];
  }
}
