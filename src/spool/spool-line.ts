import { crc32c } from './crc32c.js';

// `<length> <CRC-32C> <sealed>\n`. The sealed record consists of base64url and dots, so that a line break only ever ends a
// record: whatever damages one line, the next one is found.
const LINE = /^(\d+) ([0-9a-f]{8}) ([\w.-]*)$/;
const MAX_HEADER_BYTES = 20;
const LINE_BREAK = 0x0a;

/** A line of a segment. */
export interface SpoolLine {
  /** The position of its first byte, for which the record was sealed. */
  offset: number;
  bytes: Buffer;
  /** Null when the line is damaged. */
  sealed: string | null;
}

export const encodeLine = (sealed: string): Buffer =>
  Buffer.from(`${sealed.length} ${crc32c(Buffer.from(sealed))} ${sealed}\n`);

/** The lines of a segment. A torn line at its end is left out, because its SMS was never accepted. */
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

/** Whether the process ended while it wrote this line, so that the line is shorter than its header says. */
function isTorn(bytes: Buffer): boolean {
  const [header, length] = /^(\d+) [0-9a-f]{8} /.exec(bytes.subarray(0, MAX_HEADER_BYTES).toString('latin1')) ?? [];
  return header === undefined ? bytes.length < MAX_HEADER_BYTES : bytes.length < header.length + Number(length);
}
