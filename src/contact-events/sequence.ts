import { unprocessable } from '../common/problem.js';
import type { LogPosition } from './contact-event.js';

// A transaction id has 64 bits, a position 63: PostgreSQL's xid8 and bigint.
const SHAPE = /^[0-9a-f]{16}\.[0-7][0-9a-f]{15}$/;

export const LOG_START: LogPosition = { transactionId: '0', position: '0' };

/** A place in the log as text that sorts like the log: CloudEvents' extension attribute `sequence`. */
export const toSequence = ({ transactionId, position }: LogPosition): string =>
  [transactionId, position].map((part) => BigInt(part).toString(16).padStart(16, '0')).join('.');

/** @throws Problem 422 when it is not a sequence */
export function parseSequence(sequence: string): LogPosition {
  if (!SHAPE.test(sequence)) {
    const message = 'must be the sequence of an event, as this API gave it; leave it out to read from the start';
    throw unprocessable('sequence_invalid', `after ${message}.`, [{ field: 'after', message }]);
  }
  const [transactionId = '', position = ''] = sequence.split('.');
  return { transactionId: BigInt(`0x${transactionId}`).toString(), position: BigInt(`0x${position}`).toString() };
}
