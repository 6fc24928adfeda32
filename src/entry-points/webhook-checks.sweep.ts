import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectMetric, makeGaugeProvider } from '@willsoto/nestjs-prometheus';
import type { Gauge } from 'prom-client';
import { DataSource } from 'typeorm';
import { noteWebhookCheck } from '../access/accounts.queries.js';
import { Environment } from '../config/environment.js';
import { SweeperService } from '../queue/sweeper.service.js';
import { countWebhookStates, lockDueAccount } from './webhook-checks.queries.js';
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
export class WebhookChecksSweep implements OnModuleInit {
  constructor(
    private readonly sweeper: SweeperService,
    private readonly dataSource: DataSource,
    private readonly checks: WebhookChecksService,
    private readonly environment: Environment,
    @InjectMetric(WEBHOOKS) private readonly webhooks: Gauge,
  ) {}

  onModuleInit(): void {
    const checking = this.sweeper.longWork('webhook-checks', () => this.checkNext());
    this.sweeper.register('webhook-checks', async () => {
      if (this.environment.WEBHOOK_CHECK_MINUTES > 0) checking.start();
      await this.count();
    });
  }

  private async checkNext(): Promise<boolean> {
    const accountId = await this.claimAccount();
    if (accountId === null) return false;
    await this.checks.checkAll(accountId);
    return true;
  }

  private claimAccount(): Promise<string | null> {
    return this.dataSource.transaction(async (manager) => {
      const accountId = await lockDueAccount(manager, this.environment.WEBHOOK_CHECK_MINUTES);
      if (accountId !== null) await noteWebhookCheck(manager, accountId);
      return accountId;
    });
  }

  private async count(): Promise<void> {
    const counts = new Map<string, number>();
    for (const { state, count } of await countWebhookStates(this.dataSource.manager)) counts.set(state, count);
    for (const state of WEBHOOK_STATES) this.webhooks.set({ state }, counts.get(state) ?? 0);
  }
}
