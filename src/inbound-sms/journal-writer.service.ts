import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { Pool } from 'pg';
import { isPermanent } from '../common/database-errors.js';
import { Environment } from '../config/environment.js';
import { ImpatientClient } from '../database/impatient-client.js';
import { decodeInboundSms, isAmbiguous } from '../twilio-integration/inbound-sms.form.js';
import { TwilioForm } from '../twilio-integration/twilio-form.js';
import { InboundSmsQueue } from './inbound-sms.queue.js';
import { insertInboundSms, insertQuarantinedForm, type NewInboundSms } from './intake.queries.js';
import type { SignedForm } from './signed-form.js';

const CONNECT_MS = 500;
/** Twilio waits 3.5 s, and who waits at the door 1.5 s: what takes longer goes to the spool, or is refused. */
const INSERT_MS = 1_000;

export interface Written {
  /** Rows that were not there before. */
  accepted: number;
  quarantined: number;
  /** What the journal does not take as it is, and would not take the next time. */
  refused: SignedForm[];
}

/** Puts what is Twilio's into the journal: SMS to be processed, and what is none to be looked at. */
@Injectable()
export class JournalWriterService implements OnApplicationShutdown {
  private readonly logger = new Logger(JournalWriterService.name);
  private readonly pool: Pool;

  constructor(
    { DATABASE_URL }: Environment,
    private readonly queue: InboundSmsQueue,
  ) {
    // A pool of its own: no list or report can keep the door waiting for a connection.
    this.pool = new Pool({
      connectionString: DATABASE_URL,
      Client: ImpatientClient,
      max: 2,
      keepAlive: true,
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: INSERT_MS,
      // So that the server gives up too, and what nobody waits for holds no connection.
      statement_timeout: INSERT_MS,
      application_name: 'sms-inbound door',
    });
    // Not the error as it is: pg hangs the connection on it.
    this.pool.on('error', ({ message }) => this.logger.warn({ reason: message }, 'The door lost an idle connection'));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }

  /**
   * Durable when it returns; doing it twice changes nothing.
   * @throws when the database cannot take them now
   */
  async write(forms: SignedForm[]): Promise<Written> {
    const rows: NewInboundSms[] = [];
    const written: Written = { accepted: 0, quarantined: 0, refused: [] };
    for (const form of forms) {
      const twilioForm = form.read ?? new TwilioForm(form.raw);
      const sms = decodeInboundSms(twilioForm, form.accountSid);
      if (typeof sms === 'string') await this.quarantine(form, sms, written);
      else rows.push({ ...form, sms, signedHash: isAmbiguous(twilioForm) ? hashOf(form) : null });
    }
    if (rows.length > 0) await this.store(rows, written);
    return written;
  }

  private async store(rows: NewInboundSms[], written: Written): Promise<void> {
    try {
      const newIds = await insertInboundSms(this.pool, rows);
      written.accepted += newIds.length;
      if (newIds.length > 0) this.queue.enqueueSoon(newIds);
    } catch (error) {
      if (!isPermanent(error)) throw error;
      // One row that the database refuses must not turn away those that came with it.
      if (rows.length > 1) for (const row of rows) await this.store([row], written);
      else await this.quarantine(toForm(rows[0]!), `The database refused it (${codeOf(error)})`, written);
    }
  }

  /** A person can read it in the journal. */
  private async quarantine(form: SignedForm, reason: string, written: Written): Promise<void> {
    const { accountId, fingerprint = fingerprintOf(form) } = form;
    try {
      if (await insertQuarantinedForm(this.pool, { ...form, fingerprint, reason })) written.quarantined++;
      this.logger.warn({ accountId, reason }, 'Kept a signed form that is no SMS in the journal, as quarantined');
    } catch (error) {
      if (!isPermanent(error)) throw error;
      written.refused.push(form);
      this.logger.error({ accountId, code: codeOf(error) }, 'The journal refused a signed form for good');
    }
  }
}

/** The same for all forms that one signature is good for, however they are cut into names and values. */
const hashOf = ({ accountId, raw }: SignedForm): Buffer =>
  createHash('sha256').update(accountId).update(new TwilioForm(raw).signedText()).digest();

/** Of a form that came: it has no MessageSid one could trust. */
const fingerprintOf = (form: SignedForm): string => `form-${hashOf(form).toString('hex')}`;

const toForm = ({ sms: { accountSid }, ...row }: NewInboundSms): SignedForm => ({ ...row, accountSid });

const codeOf = (error: unknown): string => (error as { code?: string }).code ?? 'unknown';
