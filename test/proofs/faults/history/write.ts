import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { once } from 'node:events';
import type { History } from './history.ts';

/** As JSON, one record a line: a million texts are more than one string can hold. */
export async function writeHistories(file: string, histories: History[]): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const out = createWriteStream(file);
  for (const piece of pieces(histories)) if (!out.write(piece)) await once(out, 'drain');
  out.end();
  await once(out, 'close');
}

function* pieces(histories: History[]): Generator<string> {
  yield '[';
  for (const [i, history] of histories.entries()) {
    yield i === 0 ? '{' : ',{';
    for (const [n, [name, value]] of Object.entries(history).entries()) {
      yield `${n === 0 ? '' : ','}\n${JSON.stringify(name)}:`;
      if (Array.isArray(value)) yield* list(value);
      else yield JSON.stringify(value);
    }
    yield '}\n';
  }
  yield ']\n';
}

function* list(items: unknown[]): Generator<string> {
  yield '[';
  for (const [i, item] of items.entries()) yield `${i === 0 ? '' : ','}\n${JSON.stringify(item)}`;
  yield ']';
}
