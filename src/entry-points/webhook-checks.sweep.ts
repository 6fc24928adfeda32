import { type BeforeApplicationShutdown, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { InjectMetric, makeGaugeProvider } from '@willsoto/nestjs-prometheus';
import type { Gauge } from 'prom-client';
import { DataSource } from 'typeorm';
import { Environment } from '../config/environment.js';
import { SweeperService } from '../queue/sweeper.service.js';
import { claimDueAccount, countWebhookStates } from './webhook-checks.queries.js';
import { WebhookChecksService } from './webhook-checks.service.js';
import { WEBHOOK_STATES } from './webhook-state.js';

const WEBHOOKS = 'sms_webhooks';

export const webhookGaugeProvider = makeGaugeProvider({
  name: WEBHOOKS,
  help: 'Active entry points by the state of their webhook at Twilio, at last look; all but set keep SMS away. Where the role is scheduler.',
  labelNames: ['state'],
});

/** Looks at the webhooks of every connected account now and then. Any number of schedulers share the accounts. */
@Injectable()
export class WebhookChecksSweep implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger(WebhookChecksSweep.name);
  private isChecking = false;
  private isStopped = false;

  constructor(
    private readonly sweeper: SweeperService,
    private readonly dataSource: DataSource,
    private readonly checks: WebhookChecksService,
    private readonly environment: Environment,
    @InjectMetric(WEBHOOKS) private readonly webhooks: Gauge,
  ) {}

  onModuleInit(): void {
    this.sweeper.register('webhook-checks', () => this.sweep());
  }

  beforeApplicationShutdown(): void {
    this.isStopped = true;
  }

  private async sweep(): Promise<void> {
    // Twilio may take its time, and the other sweeps do not wait for it.
    if (!this.isChecking && this.environment.WEBHOOK_CHECK_MINUTES > 0) void this.checkDue();
    const counts = new Map<string, number>();
    for (const { state, count } of await countWebhookStates(this.dataSource.manager)) counts.set(state, count);
    for (const state of WEBHOOK_STATES) this.webhooks.set({ state }, counts.get(state) ?? 0);
  }

  private async checkDue(): Promise<void> {
    this.isChecking = true;
    try {
      while (!this.isStopped) {
        const accountId = await claimDueAccount(this.dataSource.manager, this.environment.WEBHOOK_CHECK_MINUTES);
        if (accountId === null) break;
        await this.checks.checkAll(accountId);
      }
    } catch (error) {
      if (!this.isStopped)
        this.logger.error({ err: error }, 'Webhooks could not be checked; they are at the next sweep');
    } finally {
      this.isChecking = false;
    }
  }
}
