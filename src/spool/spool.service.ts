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

/** A file of records, of whichever process. */
export interface TakenSegment {
  id: string;
  /** Nothing in it was on disk before. */
  beganAt: Date;
}

/** A record as it was appended; null when it cannot be read, or not with the keys there are. */
export interface SpoolRecord {
  line: Pick<SpoolLine, 'offset' | 'bytes'>;
  text: string | null;
}

/**
 * A file on a second disk for what must be kept while the database cannot. Every process appends to files of its own,
 * and any process empties any of them: there is no lock to lose, since emptying one twice changes nothing, and whoever
 * takes one over renames it first (see SpoolSegment).
 */
@Injectable()
export class SpoolService implements OnModuleInit, OnApplicationShutdown {
  /** Whether SMS may be in it: the intake fills it, a scheduler empties it before it looks for SMS that never came. */
  readonly isOn: boolean;
  state: SpoolState = { bytes: 0, oldestAt: null, setAside: 0 };
  private readonly logger = new Logger(SpoolService.name);
  private readonly folder: string;
  private readonly maxBytes: number;
  private segment: SpoolSegment | undefined;
  private isBroken = false;
  private turn: Promise<unknown> = Promise.resolve();

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
        'SPOOL_DIR is not used: say SPOOL_DURABLE=true if it is on a volume that survives this container',
      );
    }
  }

  async onModuleInit(): Promise<void> {
    if (!this.isOn || !this.use.isFilled) return;
    await openSpoolFolder(this.folder);
    await this.look();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.inTurn(() => this.finishSegment());
  }

  /** How many bytes wait in the folder, of all processes: what comes now must not overtake them. */
  async measure(): Promise<number> {
    if (!this.isOn) return 0;
    try {
      await this.look();
      this.isBroken = false;
      return this.state.bytes;
    } catch (error) {
      // The intake can store SMS; a disk that it does not need now must not stop it.
      if (!this.isBroken) this.logger.error({ err: error }, 'The folder of the spool cannot be read');
      this.isBroken = true;
      return 0;
    }
  }

  /**
   * Appends records in this order, all or none; on disk when it resolves.
   * @throws when they are not on disk: the spool is off or full, or the disk fails
   */
  async append(records: string[]): Promise<void> {
    if (!this.isOn) throw new Error('There is no spool (SPOOL_DIR).');
    await this.inTurn(() => this.appendNow(records));
  }

  /** Segments to empty, the oldest first, also of processes that still write: they go on in another. */
  async take(): Promise<TakenSegment[]> {
    await this.inTurn(() => this.finishSegment());
    const { segments } = await this.look();
    for (const { id, isOpen } of segments) {
      if (isOpen) await rename(this.pathOf(id, 'open'), this.pathOf(id, 'spool')).catch(unlessGone);
    }
    return segments.map(({ id }) => ({ id, beganAt: beginOf(id) }));
  }

  async read(segmentId: string): Promise<SpoolRecord[]> {
    const bytes = await readFile(this.pathOf(segmentId, 'spool')).catch(unlessGone);
    return splitLines(bytes ?? Buffer.alloc(0)).map((line) => ({ line, text: this.open(segmentId, line) }));
  }

  /** Its records are safe elsewhere. */
  async remove(segmentId: string): Promise<void> {
    await removeFile(this.folder, this.pathOf(segmentId, 'spool'));
    await this.look();
  }

  /** Keeps a record that nobody can read or store, byte by byte, so that it holds up no other. */
  async setAside(segmentId: string, { offset, bytes }: SpoolRecord['line'], reason: string): Promise<void> {
    const path = this.pathOf(`${segmentId}-${offset}`, 'quarantine');
    const isKnown = (await stat(path).catch(unlessGone)) !== undefined;
    await writeDurably(this.folder, path, bytes);
    if (isKnown) return;
    this.metrics.setAside();
    this.logger.error(
      { file: path, reason },
      'A record of the spool was put aside: an SMS that Twilio was told 200 for',
    );
  }

  /** Tries those again that were put aside: the encryption key may be there now. @param store false when it is not taken */
  async retrySetAside(store: (text: string) => Promise<boolean>): Promise<void> {
    for (const { id, offset } of (await this.look()).setAside) {
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
    if (this.state.bytes + lines.length > this.maxBytes) throw new Error('The spool is full (SPOOL_MAX_MB).');
    let isSeen = false;
    try {
      isSeen = await segment.append(lines);
    } finally {
      if (!isSeen) await this.finishSegment();
    }
    if (!isSeen) return this.appendNow(records);
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

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.turn.then(work);
    this.turn = result.catch(() => undefined);
    return result;
  }

  /** What is in the folder, also of other processes. */
  private async look() {
    const segments: { id: string; isOpen: boolean; size: number }[] = [];
    const setAside: { id: string; offset: number }[] = [];
    for (const name of (await readdir(this.folder)).toSorted()) {
      const [, id, offset, kind] = FILE.exec(name) ?? [];
      if (id === undefined) continue;
      if (kind === 'quarantine') setAside.push({ id, offset: Number(offset) });
      else {
        // Somebody may have taken it over since the folder was read.
        const found =
          (await stat(join(this.folder, name)).catch(unlessGone)) ??
          (await stat(this.pathOf(id, 'spool')).catch(unlessGone));
        if (found) segments.push({ id, isOpen: kind === 'open', size: found.size });
      }
    }
    this.state = {
      bytes: segments.reduce((sum, { size }) => sum + size, 0),
      oldestAt: segments[0] === undefined ? null : beginOf(segments[0].id),
      setAside: setAside.length,
    };
    this.metrics.show(this.state);
    return { segments, setAside };
  }

  private pathOf(name: string, kind: 'open' | 'spool' | 'quarantine'): string {
    return join(this.folder, `${name}.${kind}`);
  }
}

/** A UUID of version 7 begins with the time it was made at. */
const beginOf = (id: string): Date => new Date(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16));
