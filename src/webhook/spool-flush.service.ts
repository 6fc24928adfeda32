import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { SpoolMetrics } from '../spool/spool.metrics.js';
import { type SpoolRecord, SpoolService } from '../spool/spool.service.js';
import { InboxService } from './inbox.service.js';
import { JournalWriter } from './journal-writer.service.js';
import { fromRecord, type SignedForm } from './signed-form.js';

const EVERY_MS = 1_000;
const BATCH = 200;
const MOST_ROUNDS = 1_000;

/** Carries what the door spooled into the journal, in order, as soon as the database takes it. */
@Injectable()
export class SpoolFlush implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(SpoolFlush.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;
  private hasRetriedSetAside = false;

  constructor(
    private readonly spool: SpoolService,
    private readonly inbox: InboxService,
    private readonly journal: JournalWriter,
    private readonly metrics: SpoolMetrics,
  ) {}

  onApplicationBootstrap(): void {
    if (this.spool.isOn) this.scheduleNext(0);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private scheduleNext(ms = EVERY_MS): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.running = this.flush()
        .catch((error: Error) => this.logger.debug({ err: error }, 'The spool is kept until the database takes it'))
        .then(() => this.scheduleNext());
    }, ms);
  }

  /** @throws when the database cannot take it yet */
  private async flush(): Promise<void> {
    if (!this.hasRetriedSetAside) await this.retrySetAside();
    let flushed = 0;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const count = await this.flushWhatIsThere();
      flushed += count;
      // Few are left, those that came meanwhile: with the door waiting for them the spool gets empty, and stays so.
      if (count < BATCH) {
        flushed += await this.inbox.inTurn(() => this.flushWhatIsThere());
        break;
      }
    }
    if (flushed > 0) this.logger.warn({ flushed }, 'The journal has what was in the spool');
  }

  private async flushWhatIsThere(): Promise<number> {
    let flushed = 0;
    for (const segmentId of await this.spool.take()) {
      const records = await this.spool.read(segmentId);
      for (let i = 0; i < records.length; i += BATCH) await this.store(segmentId, records.slice(i, i + BATCH));
      await this.spool.remove(segmentId);
      flushed += records.length;
    }
    return flushed;
  }

  private async store(segmentId: string, records: SpoolRecord[]): Promise<void> {
    const readable = new Map<string, SpoolRecord>();
    const forms: SignedForm[] = [];
    for (const record of records) {
      const form = record.text === null ? null : fromRecord(record.text);
      if (form === null) await this.spool.setAside(segmentId, record.line, 'It cannot be read with the keys there are');
      else {
        forms.push(form);
        readable.set(form.id, record);
      }
    }
    const { refused } = await this.journal.write(forms);
    for (const { id } of refused) {
      await this.spool.setAside(segmentId, readable.get(id)!.line, 'The journal refuses it');
    }
    this.metrics.flushed(forms.length - refused.length);
  }

  private async retrySetAside(): Promise<void> {
    await this.spool.retrySetAside(async (text) => (await this.journal.write([fromRecord(text)])).refused.length === 0);
    this.hasRetriedSetAside = true;
  }
}
