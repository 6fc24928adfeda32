import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { readdir, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SecretBox } from '../common/secret-box.js';
import { Environment } from '../config/environment.js';
import { openSpoolFolder, removeFile, unlessGone, writeDurably } from './spool-files.js';
import { decodeLine, type SpoolLine, splitLines } from './spool-line.js';
import { placeIn, SpoolSegment } from './spool-segment.js';
import type { SpoolState } from './spool-state.js';
import { SpoolMetrics } from './spool.metrics.js';
import { SpoolUse } from './spool-use.js';

const MAX_SEGMENT_BYTES = 8 * 1024 * 1024;
const FILE = /^([0-9a-f-]{36})(?:-(\d+))?\.(open|spool|quarantine)$/;

/** A file of records, written by any process. */
export interface TakenSegment {
  id: string;
  /** All its records were written after this time. */
  beganAt: Date;
}

export interface SpoolRecord {
  line: Pick<SpoolLine, 'offset' | 'bytes'>;
  /** The record as it was appended; null when it cannot be read, for example because its key is missing. */
  text: string | null;
}

/**
 * Files on a second disk for SMS that must be stored while the database is unavailable. Every process appends to files of
 * its own, and any process may empty any of them. This needs no lock, since emptying a file is idempotent, and a process
 * renames a file before it takes it over (see SpoolSegment).
 */
@Injectable()
export class SpoolService implements OnModuleInit, OnApplicationShutdown {
  /** Whether this process uses the spool: the intake fills it, and a scheduler empties it before each reconciliation. */
  readonly isOn: boolean;
  state: SpoolState = { bytes: 0, oldestAt: null, setAside: 0 };
  private readonly logger = new Logger(SpoolService.name);
  private readonly folder: string;
  private readonly maxBytes: number;
  private segment: SpoolSegment | undefined;
  private isUnreadable = false;
  private lastTask: Promise<unknown> = Promise.resolve();

  constructor(
    environment: Environment,
    private readonly use: SpoolUse,
    private readonly secrets: SecretBox,
    private readonly metrics: SpoolMetrics,
  ) {
    const { SPOOL_DIR, SPOOL_DURABLE, SPOOL_MAX_MB } = environment;
    this.folder = SPOOL_DIR ?? '';
    this.maxBytes = SPOOL_MAX_MB * 1024 * 1024;
    this.isOn = SPOOL_DIR !== undefined && SPOOL_DURABLE && (use.isFilled || use.isEmptied);
    if (SPOOL_DIR !== undefined && !SPOOL_DURABLE) {
      this.logger.warn(
        'SPOOL_DIR is not used: set SPOOL_DURABLE=true if it is on a volume that outlives this container',
      );
    }
  }

  async onModuleInit(): Promise<void> {
    if (!this.isOn || !this.use.isFilled) return;
    await openSpoolFolder(this.folder);
    await this.scan();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.inSequence(() => this.finishSegment());
  }

  /** The number of bytes in the folder, from all processes. Newer SMS must not overtake those. */
  async measure(): Promise<number> {
    if (!this.isOn) return 0;
    try {
      await this.scan();
      this.isUnreadable = false;
      return this.state.bytes;
    } catch (error) {
      // The intake does not need this disk while the database stores SMS, so it must not fail.
      if (!this.isUnreadable) this.logger.error({ err: error }, 'The spool folder (SPOOL_DIR) cannot be read');
      this.isUnreadable = true;
      return 0;
    }
  }

  /**
   * Appends the records in this order, all or none; they are on disk when it resolves.
   * @throws when they are not on disk: the spool is off or full, or the disk fails
   */
  async append(records: string[]): Promise<void> {
    if (!this.isOn) throw new Error('There is no spool: set SPOOL_DIR and SPOOL_DURABLE.');
    await this.inSequence(() => this.appendNow(records));
  }

  /** Takes over all segments, oldest first. A process that still writes one of them continues in a new one. */
  async take(): Promise<TakenSegment[]> {
    await this.inSequence(() => this.finishSegment());
    const { segments } = await this.scan();
    for (const { id, isOpen } of segments) {
      if (isOpen) await rename(this.pathOf(id, 'open'), this.pathOf(id, 'spool')).catch(unlessGone);
    }
    return segments.map(({ id }) => ({ id, beganAt: creationTimeOf(id) }));
  }

  async read(segmentId: string): Promise<SpoolRecord[]> {
    const bytes = await readFile(this.pathOf(segmentId, 'spool')).catch(unlessGone);
    return splitLines(bytes ?? Buffer.alloc(0)).map((line) => ({ line, text: this.open(segmentId, line) }));
  }

  /** Call it once all records of the segment are stored elsewhere. */
  async remove(segmentId: string): Promise<void> {
    await removeFile(this.folder, this.pathOf(segmentId, 'spool'));
    await this.scan();
  }

  /** Moves the bytes of a record that cannot be read or stored into a file of its own, so that it does not block the others. */
  async setAside(segmentId: string, { offset, bytes }: SpoolRecord['line'], reason: string): Promise<void> {
    const path = this.pathOf(`${segmentId}-${offset}`, 'quarantine');
    const isKnown = (await stat(path).catch(unlessGone)) !== undefined;
    await writeDurably(this.folder, path, bytes);
    if (isKnown) return;
    this.metrics.setAside();
    this.logger.error(
      { file: path, reason },
      'A record of the spool was set aside. It is an SMS for which Twilio was answered 200',
    );
  }

  /**
   * Retries the records that were set aside, since their encryption key may be available now.
   * @param store returns false when the record still cannot be stored
   */
  async retrySetAside(store: (text: string) => Promise<boolean>): Promise<void> {
    for (const { id, offset } of (await this.scan()).setAside) {
      const name = `${id}-${offset}`;
      const bytes = await readFile(this.pathOf(name, 'quarantine')).catch(unlessGone);
      const sealed = bytes === undefined ? null : decodeLine(bytes);
      const text = this.open(id, { offset, sealed });
      if (text !== null && (await store(text))) await removeFile(this.folder, this.pathOf(name, 'quarantine'));
    }
  }

  private async appendNow(records: string[]): Promise<void> {
    if (this.segment !== undefined && this.segment.size >= MAX_SEGMENT_BYTES) await this.finishSegment();
    const segment = (this.segment ??= new SpoolSegment(this.folder));
    const lines = segment.encode(records, (record, place) => this.secrets.seal(record, place));
    if (this.state.bytes + lines.length > this.maxBytes) throw new Error('The spool is full: raise SPOOL_MAX_MB.');
    let isOurs = false;
    try {
      isOurs = await segment.append(lines);
    } finally {
      if (!isOurs) await this.finishSegment();
    }
    if (!isOurs) return this.appendNow(records);
    this.state.bytes += lines.length;
    this.metrics.spooled(records.length, this.state);
  }

  private open(segmentId: string, { offset, sealed }: Pick<SpoolLine, 'offset' | 'sealed'>): string | null {
    if (sealed === null) return null;
    try {
      return this.secrets.open(sealed, placeIn(segmentId, offset));
    } catch {
      return null;
    }
  }

  private async finishSegment(): Promise<void> {
    const { segment } = this;
    this.segment = undefined;
    await segment?.finish();
  }

  private inSequence<T>(work: () => Promise<T>): Promise<T> {
    const result = this.lastTask.then(work);
    this.lastTask = result.catch(() => undefined);
    return result;
  }

  /** Reads the folder, including the files of other processes, and updates `state`. */
  private async scan() {
    const segments: { id: string; isOpen: boolean; size: number }[] = [];
    const setAside: { id: string; offset: number }[] = [];
    for (const name of (await readdir(this.folder)).toSorted()) {
      const [, id, offset, kind] = FILE.exec(name) ?? [];
      if (id === undefined) continue;
      if (kind === 'quarantine') setAside.push({ id, offset: Number(offset) });
      else {
        // Another process may have renamed it since the folder was read.
        const found =
          (await stat(join(this.folder, name)).catch(unlessGone)) ??
          (await stat(this.pathOf(id, 'spool')).catch(unlessGone));
        if (found) segments.push({ id, isOpen: kind === 'open', size: found.size });
      }
    }
    this.state = {
      bytes: segments.reduce((sum, { size }) => sum + size, 0),
      oldestAt: segments[0] === undefined ? null : creationTimeOf(segments[0].id),
      setAside: setAside.length,
    };
    this.metrics.show(this.state);
    return { segments, setAside };
  }

  private pathOf(name: string, kind: 'open' | 'spool' | 'quarantine'): string {
    return join(this.folder, `${name}.${kind}`);
  }
}

/** A UUID version 7 begins with the time of its creation. */
const creationTimeOf = (id: string): Date => new Date(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16));
