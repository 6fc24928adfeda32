import { Injectable } from '@nestjs/common';
import { SpoolMetrics } from '../spool/spool.metrics.js';
import { type SpoolRecord, SpoolService } from '../spool/spool.service.js';
import { JournalWriterService } from './journal-writer.service.js';
import { fromRecord, type SignedForm } from './signed-form.js';
import { mergeByTime } from './spooled-order.js';

const BATCH = 200;

/** A record of the spool, decoded. */
interface SpooledForm {
  segmentId: string;
  record: SpoolRecord;
  /** Null if it cannot be decrypted. */
  form: SignedForm | null;
}

/** Moves the spool's records into the journal, in the order received, whichever process received them. */
@Injectable()
export class SpoolDrainService {
  constructor(
    private readonly spool: SpoolService,
    private readonly journal: JournalWriterService,
    private readonly metrics: SpoolMetrics,
  ) {}

  /**
   * Moves what is in the spool now. Several processes may do so at once: storing a record twice changes nothing.
   * @returns how many records were moved
   * @throws when the database cannot store them yet
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

  /** Retries the records that were set aside: their encryption key may be available now. */
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
