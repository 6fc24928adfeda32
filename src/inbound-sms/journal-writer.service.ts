import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { Pool } from 'pg';
import { isPermanent } from '../common/database-errors.js';
import { DatabaseLocation } from '../database/database-location.js';
import { ImpatientClient } from '../database/impatient-client.js';
import { decodeInboundSms, isAmbiguous } from '../twilio-integration/inbound-sms.form.js';
import { TwilioForm } from '../twilio-integration/twilio-form.js';
import { InboundSmsQueue } from './inbound-sms.queue.js';
import { insertInboundSms, insertQuarantinedForm, type NewInboundSms } from './intake.queries.js';
import type { SignedForm } from './signed-form.js';

const CONNECT_MS = 500;
/** Twilio waits 3.5 s and the intake 1.5 s: what takes longer goes to the spool, or is refused. */
const INSERT_MS = 1_000;

export interface Written {
  /** How many rows are new. */
  accepted: number;
  quarantined: number;
  /** Forms that the journal rejects and would reject again. */
  refused: SignedForm[];
}

/** Writes signed forms into the journal: SMS to be processed, anything else quarantined for a person to look at. */
@Injectable()
export class JournalWriterService implements OnApplicationShutdown {
  private readonly logger = new Logger(JournalWriterService.name);
  private readonly pool: Pool;

  constructor(
    database: DatabaseLocation,
    private readonly queue: InboundSmsQueue,
  ) {
    // A pool of its own, so that no list or report can keep the intake waiting for a connection.
    this.pool = new Pool({
      connectionString: database.url,
      Client: ImpatientClient,
      max: 2,
      keepAlive: true,
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: INSERT_MS,
      // The server gives up too, so that an abandoned insert holds no connection.
      statement_timeout: INSERT_MS,
      application_name: 'sms-inbound intake',
    });
    // Only the message: pg attaches the whole connection to the error.
    this.pool.on('error', ({ message }) =>
      this.logger.warn({ reason: message }, 'The intake lost an idle database connection'),
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }

  /**
   * Everything is durable when it returns; writing a form twice changes nothing.
   * @throws when the database cannot store them now
   */
  async write(forms: SignedForm[]): Promise<Written> {
    const rows: NewInboundSms[] = [];
    const written: Written = { accepted: 0, quarantined: 0, refused: [] };
    for (const form of forms) {
      const twilioForm = form.read ?? new TwilioForm(form.raw);
      const decoded = decodeInboundSms(twilioForm, form.accountSid);
      if ('reason' in decoded) await this.quarantine(form, decoded.reason, written);
      else rows.push({ ...form, sms: decoded.value, signedHash: isAmbiguous(twilioForm) ? hashOf(form) : null });
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
      // A row that the database rejects must not take the other rows of its batch with it.
      if (rows.length > 1) for (const row of rows) await this.store([row], written);
      else await this.quarantine(toForm(rows[0]!), `The database refused it (${codeOf(error)})`, written);
    }
  }

  /** Stores a form that is not an SMS, so that a person can read it in the journal. */
  private async quarantine(form: SignedForm, reason: string, written: Written): Promise<void> {
    const { accountId, fingerprint = fingerprintOf(form) } = form;
    try {
      if (await insertQuarantinedForm(this.pool, { ...form, fingerprint, reason })) written.quarantined++;
      this.logger.warn({ accountId, reason }, 'Quarantined a signed form that is not an SMS');
    } catch (error) {
      if (!isPermanent(error)) throw error;
      written.refused.push(form);
      this.logger.error({ accountId, code: codeOf(error) }, 'The journal rejected a signed form for good');
    }
  }
}

/** Equal for all forms that share a signature, however they are split into names and values. */
const hashOf = ({ accountId, raw }: SignedForm): Buffer =>
  createHash('sha256').update(accountId).update(new TwilioForm(raw).signedText()).digest();

/** Takes the place of the MessageSid, which cannot be trusted in such a form. */
const fingerprintOf = (form: SignedForm): string => `form-${hashOf(form).toString('hex')}`;

const toForm = ({ sms: { accountSid }, ...row }: NewInboundSms): SignedForm => ({ ...row, accountSid });

const codeOf = (error: unknown): string => (error as { code?: string }).code ?? 'unknown';
