import type { TextTrouble } from '../records/trouble.ts';
import type { Fields } from './fields.ts';

const MAX_TIMES = 1_000;
const MAX_DELAY_MS = 60_000;

export function readTextTrouble(trouble: Fields): TextTrouble {
  const read = {
    times: trouble.integer('times', { min: 1, max: MAX_TIMES }) ?? 1,
    together: trouble.flag('together') ?? false,
    delayMs: trouble.integer('delayMs', { max: MAX_DELAY_MS }) ?? 0,
    wrongSignature: trouble.flag('wrongSignature') ?? false,
    lost: trouble.flag('lost') ?? false,
    outOfOrder: trouble.flag('outOfOrder') ?? false,
    timedOut: trouble.flag('timedOut') ?? false,
  };
  trouble.end();
  return read;
}
