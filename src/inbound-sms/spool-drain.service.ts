import { Injectable } from '@nestjs/common';
import { SpoolMetrics } from '../spool/spool.metrics.js';
import { type SpoolRecord, SpoolService } from '../spool/spool.service.js';
import { JournalWriterService } from './journal-writer.service.js';
import { fromRecord, type SignedForm } from './signed-form.js';
import { mergeByTime } from './spooled-order.js';

const BATCH = 200;

/** A record of the spool, and what it says. */
interface SpooledForm {
  segmentId: string;
  record: SpoolRecord;
  /** Null when it cannot be read. */
  form: SignedForm | null;
}

/** Carries what is in the spool into the journal, in the order in which it came, whichever process took it. */
@Injectable()
export class SpoolDrainService {
  constructor(
    private readonly spool: SpoolService,
    private readonly journal: JournalWriterService,
    private readonly metrics: SpoolMetrics,
  ) {}

  /**
   * What is there now. Several processes may do it at once: a record that is stored twice is there once.
   * @returns how many records
   * @throws when the database cannot take them yet
   */
  async drain(): Promise<number> {
    const segments = (await this.spool.take()).map(({ id, beganAt }) => ({ id, beganAt, read: () => this.read(id) }));
    let drained = 0;
    let batch: SpooledForm[] = [];
    const emptied: string[] = [];
    const storeBatch = async (): Promise<void> => {
      await this.store(batch);
      drained += batch.length;
      batch = [];
      for (const id of emptied.splice(0)) await this.spool.remove(id);
    };
    for await (const step of mergeByTime(segments)) {
      if ('end' in step) emptied.push(step.end);
      else batch.push(step.item);
      if (batch.length === BATCH) await storeBatch();
    }
    await storeBatch();
    return drained;
  }

  /** Tries those again that were put aside: the encryption key may be there now. */
  async retrySetAside(): Promise<void> {
    await this.spool.retrySetAside(async (text) => (await this.journal.write([fromRecord(text)])).refused.length === 0);
  }

  private async read(segmentId: string): Promise<{ at: number | null; item: SpooledForm }[]> {
    return (await this.spool.read(segmentId)).map((record) => {
      const form = record.text === null ? null : fromRecord(record.text);
      return { at: form?.receivedAt?.getTime() ?? null, item: { segmentId, record, form } };
    });
  }

  private async store(batch: SpooledForm[]): Promise<void> {
    const places = new Map(batch.map((spooled) => [spooled.form?.id, spooled]));
    const setAside = async ({ segmentId, record }: SpooledForm, reason: string): Promise<void> =>
      this.spool.setAside(segmentId, record.line, reason);
    for (const spooled of batch) {
      if (spooled.form === null) await setAside(spooled, 'It cannot be read with the keys there are');
    }
    const forms = batch.flatMap(({ form }) => form ?? []);
    const { refused } = await this.journal.write(forms);
    for (const { id } of refused) await setAside(places.get(id)!, 'The journal refuses it');
    this.metrics.flushed(forms.length - refused.length);
  }
}
