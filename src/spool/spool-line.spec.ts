import { describe, expect, test } from '@jest/globals';
import { crc32c } from './crc32c.js';
import { encodeLine, splitLines } from './spool-line.js';

const records = ['v1.k1.first', 'v1.k1.second', 'v1.k1.third'];
const segment = Buffer.concat(records.map(encodeLine));
const read = (bytes: Buffer): (string | null)[] => splitLines(bytes).map(({ sealed }) => sealed);

test.each([
  // https://www.rfc-editor.org/rfc/rfc3720#appendix-B.4
  [Buffer.alloc(32), '8a9136aa'],
  [Buffer.alloc(32, 0xff), '62a8ab43'],
  [Buffer.from(Array.from({ length: 32 }, (_, i) => i)), '46dd794e'],
  [Buffer.from('123456789'), 'e3069283'],
])('the CRC-32C of %j is %s', (bytes, expected) => {
  expect(crc32c(bytes)).toBe(expected);
});

describe('The lines of a segment', () => {
  test('are read as they were written, each with its offset', () => {
    expect(read(segment)).toEqual(records);
    const before = records.map((_, n) => Buffer.concat(records.slice(0, n).map(encodeLine)).length);
    expect(splitLines(segment).map(({ offset }) => offset)).toEqual(before);
  });

  test('give every complete record and no other when the segment is torn at any byte', () => {
    const ends = splitLines(segment).map(({ offset, bytes }) => offset + bytes.length);
    for (let length = 0; length <= segment.length; length++) {
      const whole = records.slice(0, ends.filter((end) => end <= length).length);
      // A line that lacks only its line break is complete too.
      const mayBeOneMore = records.slice(0, whole.length + 1);
      const found = read(segment.subarray(0, length));
      expect([whole, mayBeOneMore]).toContainEqual(found);
    }
  });

  test('with any single byte changed are never misread, and do not hide the other lines', () => {
    for (let at = 0; at < segment.length; at++) {
      const changed = Buffer.from(segment);
      changed.writeUInt8(changed.readUInt8(at) ^ 0x01, at);
      const found = read(changed);
      const whole = found.filter((sealed) => sealed !== null);
      expect(records).toEqual(expect.arrayContaining(whole));
      // Only a changed line break makes two lines unreadable, because it joins its line with the next one.
      expect(whole.length).toBeGreaterThanOrEqual(segment[at] === 0x0a ? 1 : 2);
      expect(found.length + (segment[at] === 0x0a ? 1 : 0)).toBeGreaterThanOrEqual(records.length);
    }
  });
});
