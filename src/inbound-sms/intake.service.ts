import { Injectable, Logger } from '@nestjs/common';
import { newId } from '../common/ids.js';
import { Problem } from '../common/problem.js';
import { WorkLoop } from '../common/work-loop.js';
import { Environment } from '../config/environment.js';
import { SpoolService } from '../spool/spool.service.js';
import { InboundSmsQueue } from './inbound-sms.queue.js';
import { JournalWriterService, type Written } from './journal-writer.service.js';
import { type SignedByTwilio, type SignedForm, toRecord } from './signed-form.js';
import { SpoolDrainService } from './spool-drain.service.js';
import { InboundSmsMetrics } from './inbound-sms.metrics.js';

const MAX_BATCH_SIZE = 500;
/** So many wait only when SMS arrive faster than they are stored; then processing pauses. */
const HOLD_PROCESSING_ABOVE = 200;
/** Twilio retries for 15 s in all (see CONNECTION_OVERRIDES): the sooner it is refused, the more retries it has. */
const DEADLINE_MS = 1_500;
/** With a spool nearly every SMS gets its 200 in the end, as long as Twilio still waits: 3.5 s. */
const DEADLINE_WITH_SPOOL_MS = 3_000;
/** About as much as one insert stores. */
const MAX_BYTES_TO_DRAIN_FIRST = 256 * 1024;

interface Waiting {
  form: SignedForm;
  deadline: number;
  resolve: () => void;
  reject: (error: Error) => void;
}

/**
 * Keeps the promise to Twilio: `accept` resolves once the SMS is durable, in the journal or in the spool. Requests that
 * arrive while an insert is in flight share the next one. There is no timer: alone, an SMS is a batch of one.
 */
@Injectable()
export class IntakeService {
  private readonly logger = new Logger(IntakeService.name);
  private waiting: Waiting[] = [];
  private readonly storing = new WorkLoop(
    () => this.waiting.length > 0,
    () => this.storeBatch(),
  );
  private isAway = false;

  constructor(
    private readonly environment: Environment,
    private readonly journal: JournalWriterService,
    private readonly spool: SpoolService,
    private readonly drain: SpoolDrainService,
    private readonly metrics: InboundSmsMetrics,
    private readonly queue: InboundSmsQueue,
  ) {}

  /** Whether INTAKE_MAX_WAITING is reached. */
  get isFull(): boolean {
    return this.waiting.length >= this.environment.INTAKE_MAX_WAITING;
  }

  /** @throws Problem 503 when it cannot be stored in time; nothing is promised then */
  async accept({ accountId, accountSid, raw, form: read }: SignedByTwilio): Promise<void> {
    if (this.isFull) throw overloaded();
    const form = { id: newId(), accountId, accountSid, raw, read, receivedAt: null };
    await new Promise<void>((resolve, reject) => {
      const deadlineMs = this.spool.isOn ? DEADLINE_WITH_SPOOL_MS : DEADLINE_MS;
      const timer = setTimeout(() => reject(tooLate()), deadlineMs);
      const settle = (finish: () => void) => (): void => {
        clearTimeout(timer);
        finish();
      };
      this.waiting.push({
        form,
        deadline: Date.now() + deadlineMs,
        resolve: settle(resolve),
        reject: (error) => settle(() => reject(error))(),
      });
      this.storing.start();
    });
  }

  /** To be called when the journal has what was in the spool, except for a few records. */
  journalIsBack(): void {
    this.isAway = false;
  }

  private async storeBatch(): Promise<void> {
    await this.store(this.waiting.splice(0, MAX_BATCH_SIZE).filter(isInTime));
    this.queue.hold(this.waiting.length > HOLD_PROCESSING_ABOVE);
  }

  private async store(batch: Waiting[]): Promise<void> {
    if (batch.length === 0) return;
    try {
      if (await this.joinsSpool()) return await this.spoolBatch(batch);
      this.settle(batch, await this.journal.write(batch.map(({ form }) => form)));
    } catch (error) {
      await this.spoolBatch(batch, error as Error);
    }
  }

  /**
   * The spool's records were received earlier, by whichever process, and nothing may overtake them: if there are many, new
   * SMS join them in the spool; if there are few, those are moved to the journal first.
   */
  private async joinsSpool(): Promise<boolean> {
    const bytes = await this.spool.measure();
    if (bytes === 0) return false;
    if (this.isAway || bytes > MAX_BYTES_TO_DRAIN_FIRST) return true;
    await this.drain.drain();
    return false;
  }

  private settle(batch: Waiting[], { accepted, quarantined, refused }: Written): void {
    for (const { form, resolve, reject } of batch) {
      if (refused.some(({ id }) => id === form.id)) reject(notStored());
      else resolve();
    }
    this.metrics.received('accepted', accepted);
    this.metrics.received('quarantined', quarantined);
    this.metrics.received('duplicate', batch.length - accepted - quarantined - refused.length);
    if (this.isAway) this.logger.warn('The journal stores SMS again');
    this.isAway = false;
  }

  private async spoolBatch(batch: Waiting[], error?: Error): Promise<void> {
    try {
      await this.spool.append(batch.map(({ form }) => toRecord(form)));
      batch.forEach(({ resolve }) => resolve());
      this.metrics.received('spooled', batch.length);
      this.logAway(error, 'The journal cannot store SMS now; they go to the spool');
    } catch (cause) {
      batch.forEach(({ reject }) => reject(notStored(error ?? cause)));
      const why = this.spool.isOn ? (cause as Error) : error;
      this.logAway(why, 'SMS cannot be stored now; Twilio is told to retry');
    }
  }

  /** Logs one line when it begins, however many SMS follow. */
  private logAway(error: Error | undefined, message: string): void {
    if (!this.isAway) this.logger.error({ err: error }, message);
    this.isAway = true;
  }
}

const isInTime = ({ deadline }: Waiting): boolean => deadline > Date.now();

export const overloaded = (): Problem =>
  new Problem(503, 'overloaded', 'Too many SMS wait to be stored. Twilio tries again.');

const tooLate = (): Problem =>
  new Problem(503, 'database_slow', 'The SMS could not be stored in time. Twilio tries again.');

const notStored = (cause?: unknown): Problem =>
  new Problem(503, 'database_unavailable', 'The SMS could not be stored. Twilio tries again.', { cause });
