import { setTimeout } from 'node:timers/promises';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Problem } from '../common/problem.js';
import { Environment } from '../config/environment.js';
import { NotificationsService } from '../database/notifications.service.js';
import { EntryPointsService } from '../entry-points/entry-points.service.js';
import { webhookPath } from '../entry-points/webhook-url.js';
import { withDeadline } from '../queue/deadline.js';
import { type Signer, TelephonyService } from '../twilio-integration/telephony.service.js';

/** Twilio waits 3.5 s (see CONNECTION_OVERRIDES). */
const DEADLINE_MS = 2_000;
const RECENT_MS = 1_000;

/** Whom a webhook key belongs to, and what may have signed a request to it. */
export interface WebhookKey {
  accountId: string;
  /** Null while no Twilio account is connected. */
  signer: Signer | null;
  /** What may stand in front of the path of a URL at Twilio: PUBLIC_URL as it is now, and as it was when it was set. */
  bases: string[];
}

/**
 * Every webhook key with its account's tokens, in memory: the door reads nothing from the database before it writes.
 * Changes arrive by NOTIFY; when the database is away, what was known stays.
 */
@Injectable()
export class WebhookKeysService implements OnModuleInit {
  private readonly logger = new Logger(WebhookKeysService.name);
  private keys = new Map<string, WebhookKey>();
  private loadedAt = 0;
  private loading: Promise<void> | undefined;
  private changedWhileLoading = false;

  constructor(
    private readonly environment: Environment,
    private readonly notifications: NotificationsService,
    private readonly entryPoints: EntryPointsService,
    private readonly telephony: TelephonyService,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.notifications.listen('webhook_keys_changed', () => this.reload());
    await this.load();
  }

  /** Null when no entry point has this key, nor ever had. */
  async find(key: string): Promise<WebhookKey | null> {
    const known = this.keys.get(key);
    if (known !== undefined) return known;
    // What was read a moment ago may be older than the key: its notification can be on the way, or lost with the line.
    await setTimeout(Math.max(0, this.loadedAt + RECENT_MS - Date.now() + 1));
    await this.refresh();
    return this.keys.get(key) ?? null;
  }

  /** Reads anew unless that was done within the last second; strangers' requests must not load the database. */
  async refresh(): Promise<boolean> {
    if (Date.now() - this.loadedAt < RECENT_MS) return false;
    await withDeadline((this.loading ??= this.load()), DEADLINE_MS, 'reading webhook keys').catch((cause: unknown) => {
      throw new Problem(503, 'database_unavailable', 'Webhook keys cannot be read now. Twilio tries again.', { cause });
    });
    return true;
  }

  private reload(): void {
    // Known to be old: until it is read anew, nobody is told that a key is unknown.
    this.loadedAt = 0;
    if (this.loading !== undefined) {
      this.changedWhileLoading = true;
      return;
    }
    this.loading = this.load().catch((error: Error) =>
      this.logger.warn({ err: error }, 'Webhook keys could not be read; those known so far stay in use'),
    );
  }

  private async load(): Promise<void> {
    try {
      do {
        this.changedWhileLoading = false;
        const startedAt = Date.now();
        const [rows, signers] = await Promise.all([this.entryPoints.findWebhookKeys(), this.telephony.findSigners()]);
        this.keys = new Map(
          rows.map(({ accountId, webhookKey, webhookUrlSet }) => [
            webhookKey,
            {
              accountId,
              signer: signers.get(accountId) ?? null,
              bases: [...new Set([this.environment.publicUrl, ...baseOf(webhookUrlSet, webhookKey)])],
            },
          ]),
        );
        if (!this.changedWhileLoading) this.loadedAt = startedAt;
      } while (this.changedWhileLoading);
    } finally {
      this.loading = undefined;
    }
  }
}

/** The URL set at Twilio may be older than PUBLIC_URL; both are ours. */
function baseOf(url: string | null, webhookKey: string): string[] {
  const path = webhookPath(webhookKey);
  return url?.endsWith(path) ? [url.slice(0, -path.length)] : [];
}
