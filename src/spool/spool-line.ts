import { crc32c } from './crc32c.js';

// `<length> <CRC-32C> <sealed>\n`. The sealed record is base64url and dots, so a line break ends a record and nothing
// else: whatever breaks one line, the next one is found.
const LINE = /^(\d+) ([0-9a-f]{8}) ([\w.-]*)$/;
const MAX_HEAD_BYTES = 20;
const LINE_BREAK = 0x0a;

/** A line of a segment. */
export interface SpoolLine {
  /** Where it begins: the record was sealed for that place. */
  offset: number;
  bytes: Buffer;
  /** Null when the line is not as it was written. */
  sealed: string | null;
}

export const encodeLine = (sealed: string): Buffer =>
  Buffer.from(`${sealed.length} ${crc32c(Buffer.from(sealed))} ${sealed}\n`);

/** The lines of a segment. A torn one at its end was never answered for, and is left out. */
export function splitLines(segment: Buffer): SpoolLine[] {
  const lines: SpoolLine[] = [];
  for (let offset = 0; offset < segment.length;) {
    const lineBreak = segment.indexOf(LINE_BREAK, offset);
    const end = lineBreak === -1 ? segment.length : lineBreak + 1;
    const bytes = segment.subarray(offset, end);
    if (lineBreak !== -1 || !isTorn(bytes)) lines.push({ offset, bytes, sealed: decodeLine(bytes) });
    offset = end;
  }
  return lines;
}

export function decodeLine(bytes: Buffer): string | null {
  const [, length, crc, sealed] = LINE.exec(bytes.toString('latin1').replace(/\n$/, '')) ?? [];
  if (sealed === undefined || sealed.length !== Number(length)) return null;
  return crc32c(Buffer.from(sealed)) === crc ? sealed : null;
}

/** Whether the process ended while it wrote this: less is there than its head says. */
function isTorn(bytes: Buffer): boolean {
  const [head, length] = /^(\d+) [0-9a-f]{8} /.exec(bytes.subarray(0, MAX_HEAD_BYTES).toString('latin1')) ?? [];
  return head === undefined ? bytes.length < MAX_HEAD_BYTES : bytes.length < head.length + Number(length);
}
