import { type FileHandle, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../common/ids.js';
import { encodeLine } from './spool-line.js';
import { createFile, unlessGone } from './spool-files.js';

/** Seals a record for one place in one segment; it cannot be opened in any other place. */
export type Seal = (record: string, place: string) => string;

export const placeIn = (segmentId: string, offset: number): string => `spool:${segmentId}:${offset}`;

/** The file to which this process appends. Its name is `<id>.open` while it is written, then `<id>.spool`. */
export class SpoolSegment {
  readonly id = newId();
  size = 0;
  private readonly path: string;
  private handle: FileHandle | undefined;

  constructor(private readonly folder: string) {
    this.path = join(folder, `${this.id}.open`);
  }

  /** The lines for these records, sealed for the current end of the file. */
  encode(records: string[], seal: Seal): Buffer {
    const lines: Buffer[] = [];
    let offset = this.size;
    for (const record of records) {
      const line = encodeLine(seal(record, placeIn(this.id, offset)));
      lines.push(line);
      offset += line.length;
    }
    return Buffer.concat(lines);
  }

  /**
   * Appends the lines in one write; they are on disk when it resolves.
   * @throws when that failed; then nothing more may be appended, since the end of the file is unknown
   * @returns false when another process took the file over in the meantime, so that the lines may never be read
   */
  async append(lines: Buffer): Promise<boolean> {
    this.handle ??= await createFile(this.folder, this.path);
    await this.handle.appendFile(lines);
    await this.handle.datasync();
    this.size += lines.length;
    return this.isStillOurs(this.handle);
  }

  /** From now on any process may read the file and remove it. */
  async finish(): Promise<void> {
    const { handle } = this;
    this.handle = undefined;
    if (handle === undefined) return;
    await rename(this.path, join(this.folder, `${this.id}.spool`)).catch(unlessGone);
    await handle.close();
  }

  /** A process that takes a file over renames it before reading it: it sees what was written before, not what follows. */
  private async isStillOurs(handle: FileHandle): Promise<boolean> {
    const [there, ours] = await Promise.all([stat(this.path).catch(unlessGone), handle.stat()]);
    return there?.ino === ours.ino;
  }
}
