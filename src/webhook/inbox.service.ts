import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { Pool } from 'pg';
import { isDatabaseOutOfReach } from '../common/database-errors.js';
import { newId } from '../common/ids.js';
import { Problem } from '../common/problem.js';
import { Environment } from '../config/environment.js';
import { decodeInboundSms } from '../twilio-integration/inbound-sms.form.js';
import { TwilioForm } from '../twilio-integration/twilio-form.js';
import { InboundSmsQueue } from './inbound-sms.queue.js';
import { insertInboundSms, insertQuarantinedForm, type NewInboundSms, type QuarantinedForm } from './inbox.queries.js';
import { WebhookMetrics } from './webhook.metrics.js';

const LARGEST_BATCH = 200;
/** Twilio waits 3.5 s (see CONNECTION_OVERRIDES); what is not stored by then is refused, so that it tries again. */
const DEADLINE_MS = 2_500;

interface Waiting {
  row: NewInboundSms;
  deadline: number;
  resolve: () => void;
  reject: (error: Error) => void;
}

/** An SMS of Twilio's list that never came. */
export interface MissedSms {
  /** In the words of a webhook request. */
  raw: Buffer;
  sentAt: Date;
  /** Stands for its MessageSid when it cannot be read as an SMS. */
  fingerprint: string;
}

type Unreadable = Omit<QuarantinedForm, 'id' | 'accountSid'> & { form: TwilioForm };

/**
 * The door's promise: `accept` resolves when the SMS is in the journal for good. Requests that arrive while an insert
 * is in flight share the next one; there is no timer, alone an SMS is a batch of one.
 */
@Injectable()
export class InboxService implements OnApplicationShutdown {
  private readonly logger = new Logger(InboxService.name);
  private readonly pool: Pool;
  private waiting: Waiting[] = [];
  private storing = false;

  constructor(
    environment: Environment,
    private readonly queue: InboundSmsQueue,
    private readonly metrics: WebhookMetrics,
  ) {
    // A pool of its own: no list or report can keep the door waiting for a connection.
    this.pool = new Pool({
      connectionString: environment.DATABASE_URL,
      max: 2,
      keepAlive: true,
      connectionTimeoutMillis: 1_000,
      query_timeout: 2_000,
      application_name: 'sms-inbound door',
    });
    this.pool.on('error', (error) => this.logger.warn({ err: error }, 'The door lost an idle connection'));
  }

  /** @throws Problem 503 when the database cannot take it in time; nothing is promised then */
  async accept(accountId: string, form: TwilioForm, raw: Buffer): Promise<void> {
    const sms = decodeInboundSms(form);
    if (typeof sms === 'string') return this.quarantineCame(accountId, form, raw, sms);
    const row = { id: newId(), accountId, sms, raw };
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(TOO_LATE), DEADLINE_MS);
      const settle = (finish: () => void) => (): void => {
        clearTimeout(timer);
        finish();
      };
      this.waiting.push({
        row,
        deadline: Date.now() + DEADLINE_MS,
        resolve: settle(resolve),
        reject: (error) => settle(() => reject(error))(),
      });
      void this.storeWaiting();
    });
  }

  /**
   * Stores SMS that Twilio has and that never came to the door, in the order given.
   * @returns how many were not there before
   */
  async add(accountId: string, missed: MissedSms[]): Promise<number> {
    const rows: NewInboundSms[] = [];
    let added = 0;
    for (const { raw, sentAt, fingerprint } of missed) {
      const form = new TwilioForm(raw);
      const sms = decodeInboundSms(form);
      if (typeof sms !== 'string') rows.push({ id: newId(), accountId, sms, raw, sentAt });
      else if (await this.quarantine({ accountId, form, raw, reason: sms, sentAt, fingerprint })) added++;
    }
    if (rows.length === 0) return added;
    const newIds = await insertInboundSms(this.pool, rows);
    if (newIds.length > 0) this.queue.nudgeSoon(newIds);
    return added + newIds.length;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }

  private async storeWaiting(): Promise<void> {
    if (this.storing) return;
    this.storing = true;
    try {
      while (this.waiting.length > 0) {
        const batch = this.waiting.splice(0, LARGEST_BATCH).filter(isInTime);
        if (batch.length > 0) await this.store(batch);
      }
    } finally {
      this.storing = false;
    }
  }

  private async store(batch: Waiting[]): Promise<void> {
    try {
      const newIds = await insertInboundSms(
        this.pool,
        batch.map(({ row }) => row),
      );
      batch.forEach(({ resolve }) => resolve());
      this.metrics.received('accepted', newIds.length);
      this.metrics.received('duplicate', batch.length - newIds.length);
      if (newIds.length > 0) this.queue.nudgeSoon(newIds);
    } catch (error) {
      await this.handleFailure(batch, error as Error);
    }
  }

  /** One row that the database refuses must not turn away those that came with it. */
  private async handleFailure(batch: Waiting[], error: Error): Promise<void> {
    if (batch.length > 1 && !isDatabaseOutOfReach(error)) {
      // Should the database go away meanwhile: whoever is too late was refused by now, and holds up nobody.
      for (const each of batch) if (isInTime(each)) await this.store([each]);
      return;
    }
    this.logger.error({ err: error, count: batch.length }, 'SMS could not be stored; Twilio is asked to try again');
    batch.forEach(({ reject }) => reject(notStored(error)));
  }

  private async quarantineCame(accountId: string, form: TwilioForm, raw: Buffer, reason: string): Promise<void> {
    const fingerprint = `form-${createHash('sha256').update(raw).digest('hex')}`;
    try {
      await this.quarantine({ accountId, form, raw, reason, fingerprint });
    } catch (error) {
      throw notStored(error as Error);
    }
    this.metrics.received('quarantined', 1);
  }

  private async quarantine({ form, ...kept }: Unreadable): Promise<boolean> {
    const accountSid = form.get('AccountSid') ?? '';
    const isNew = await insertQuarantinedForm(this.pool, { id: newId(), accountSid, ...kept });
    const { accountId, reason } = kept;
    this.logger.warn({ accountId, reason }, 'Kept a form that is no SMS in the journal, as quarantined');
    return isNew;
  }
}

const isInTime = ({ deadline }: Waiting): boolean => deadline > Date.now();

const TOO_LATE = new Problem(503, 'database_slow', 'The SMS could not be stored in time. Twilio tries again.');

const notStored = (cause: Error): Problem =>
  new Problem(503, 'database_unavailable', 'The SMS could not be stored. Twilio tries again.', { cause });
