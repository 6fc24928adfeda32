// How long a text takes from the phone until its contact comes out of the API: `node bench/one-at-a-time.ts [how many]`.
import { setTimeout as sleep } from 'node:timers/promises';
import { Api } from '../demo/api.ts';
import { makeTemporaryFolder } from '../scripts/temporary-folder.ts';
import { startDemo } from '../test/stack/demo-process.ts';

const TO = '+15005550006';
const POLL_MS = 2;
const PATIENCE_MS = 30_000;
const count = Number(process.argv[2] ?? 200);

const folder = await makeTemporaryFolder('bench');
const { demo, stop } = await startDemo({ DATA_DIR: folder.path, LOG_LEVEL: 'warn' });
const api = new Api({ baseUrl: demo['baseUrl']!, apiKey: demo['apiKey']! });
const took: number[] = [];
try {
  for (let n = 0; n < count; n++) took.push(await textAndWait(`+1500556${String(n).padStart(4, '0')}`));
} finally {
  await stop();
  await folder.remove();
}

const sorted = took.toSorted((a, b) => a - b);
const percentile = (share: number): string => sorted[Math.ceil(share * sorted.length) - 1]!.toFixed(0);
console.log(
  `${count} texts, one at a time, from the phone to the contact in the API: ` +
    `p50 ${percentile(0.5)} ms, p95 ${percentile(0.95)} ms, max ${percentile(1)} ms`,
);

/** Milliseconds until the API shows the contact of a new customer. */
async function textAndWait(from: string): Promise<number> {
  const startedAt = performance.now();
  const answer = await fetch(`${demo['simulatorUrl']}/sim/v1/sms`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ from, to: TO, body: 'How long does it take?' }),
  });
  if (!answer.ok) throw new Error(`The simulator answered ${answer.status}: ${await answer.text()}`);
  while (performance.now() - startedAt < PATIENCE_MS) {
    const { data } = await api.get<{ data: unknown[] }>(`contacts?customer=${encodeURIComponent(from)}`);
    if (data.length > 0) return performance.now() - startedAt;
    await sleep(POLL_MS);
  }
  throw new Error(`The text of ${from} is no contact after ${PATIENCE_MS / 1000} s.`);
}
