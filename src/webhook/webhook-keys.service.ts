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

/** The account of a webhook key, and what can have signed a request to it. */
export interface WebhookKey {
  accountId: string;
  /** Null while no Twilio account is connected. */
  signer: Signer | null;
  /** Base URLs that may be set at Twilio: PUBLIC_URL as it is now, and as it was when the webhook was set. */
  bases: string[];
}

/**
 * Keeps every webhook key with its account's tokens in memory, so that the intake reads nothing from the database before it
 * writes. Changes arrive by NOTIFY; while the database is away, the known keys stay in use.
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

  /** Null if no entry point has or ever had this key. */
  async find(key: string): Promise<WebhookKey | null> {
    const known = this.keys.get(key);
    if (known !== undefined) return known;
    // The keys in memory may be older than this one: its notification may be on the way, or lost with the connection.
    await setTimeout(Math.max(0, this.loadedAt + RECENT_MS - Date.now() + 1));
    await this.refresh();
    return this.keys.get(key) ?? null;
  }

  /** Reads the keys again, at most once a second: requests of strangers must not put load on the database. */
  async refresh(): Promise<boolean> {
    if (Date.now() - this.loadedAt < RECENT_MS) return false;
    await withDeadline((this.loading ??= this.load()), DEADLINE_MS, 'reading webhook keys').catch((cause: unknown) => {
      throw new Problem(503, 'database_unavailable', 'Webhook keys cannot be read now. Twilio tries again.', { cause });
    });
    return true;
  }

  private reload(): void {
    // The keys in memory are outdated: until they are read again, no key is called unknown.
    this.loadedAt = 0;
    if (this.loading !== undefined) {
      this.changedWhileLoading = true;
      return;
    }
    this.loading = this.load().catch((error: Error) =>
      this.logger.warn({ err: error }, 'Webhook keys could not be read; the known ones stay in use'),
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

/** The URL set at Twilio may be older than PUBLIC_URL; requests to both are ours. */
function baseOf(url: string | null, webhookKey: string): string[] {
  const path = webhookPath(webhookKey);
  return url?.endsWith(path) ? [url.slice(0, -path.length)] : [];
}
