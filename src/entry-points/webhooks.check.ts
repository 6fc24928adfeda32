import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Environment } from '../config/environment.js';
import { type HealthCheck, listOf, MAX_NAMED, resultsOf } from '../health-checks/health-check.js';
import { HealthChecksService } from '../health-checks/health-checks.service.js';
import { findUnsetWebhooks, type UnsetWebhook } from './webhook-checks.queries.js';
import type { WebhookState } from './webhook-state.js';
import { findReasonUnreachable, UNREACHABLE, type UnreachableReason } from './webhook-url.js';

const SET_PUBLIC_URL = 'Set PUBLIC_URL to the https address of this service, or of a tunnel to it.';

export const WEBHOOKS_SENTENCES = {
  public_url_own_machine: `{{publicUrl}} ${UNREACHABLE.own_machine}. ${SET_PUBLIC_URL}`,
  public_url_not_https: `{{publicUrl}} ${UNREACHABLE.not_https}. ${SET_PUBLIC_URL}`,
  webhooks_set: 'The webhook of every active entry point was set at last look.',
  webhooks_unset:
    'SMS may not reach {{entryPoints}}. Open the entry point: it says what is in the way, and sets the webhook.',
};

const result = resultsOf('webhooks', WEBHOOKS_SENTENCES);

/** Whether Twilio posts the SMS of every active entry point here. */
@Injectable()
export class WebhooksCheck implements OnModuleInit {
  constructor(
    private readonly checks: HealthChecksService,
    private readonly dataSource: DataSource,
    private readonly environment: Environment,
  ) {}

  onModuleInit(): void {
    const { publicUrl, TWILIO_API_BASE_URL } = this.environment;
    const unreachable = findReasonUnreachable(publicUrl, TWILIO_API_BASE_URL);
    this.checks.register('webhooks', async (accountId) =>
      checkWebhooks(await findUnsetWebhooks(this.dataSource.manager, accountId), publicUrl, unreachable),
    );
  }
}

/** @param unreachable why Twilio could not reach PUBLIC_URL; null when nothing speaks against it */
export function checkWebhooks(
  unset: UnsetWebhook[],
  publicUrl: string,
  unreachable: UnreachableReason | null,
): HealthCheck {
  if (unreachable !== null) return result('failing', `public_url_${unreachable}`, { params: { publicUrl } });
  if (unset.length === 0) return result('ok', 'webhooks_set');
  const names = unset.map(({ name }) => `"${name}"`);
  const explained = unset.map(describeUnset);
  return result('warning', 'webhooks_unset', {
    params: { entryPoints: listOf(names, '…') },
    inWords: { entryPoints: listOf(explained) },
    since: unset[0]!.checkedAt,
    entryPoints: unset.slice(0, MAX_NAMED).map(({ id, name, state }) => ({ id, name, state })),
  });
}

const KEEPS_AWAY: Record<Exclude<WebhookState, 'set' | 'unknown'>, string> = {
  not_set: 'not set at Twilio',
  changed: 'changed at Twilio',
  overridden_by_application: 'overridden by a TwiML application',
  overridden_by_messaging_service: 'overridden by a Messaging Service',
  number_missing: 'its number is not in the Twilio account',
};

function describeUnset({ name, state, checkedAt }: UnsetWebhook): string {
  const unknown = checkedAt === null ? 'never looked at' : 'Twilio could not be asked';
  return `"${name}" (${state === 'unknown' ? unknown : KEEPS_AWAY[state]})`;
}
