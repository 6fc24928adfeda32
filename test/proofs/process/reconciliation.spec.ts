import { afterEach, expect, test } from '@jest/globals';
import type { EntryPointDto } from '../../../src/entry-points/entry-point.dto.js';
import { type BuiltService, startBuiltService } from '../../stack/built-service.ts';
import { ask, type BurstReport, readThreads, textsOf } from '../../support/burst.ts';
import { eventually } from '../../support/eventually.ts';
import { buildEntryPoint, connectTelephony } from '../../support/factories.ts';
import { readReconciliations } from '../../support/reconciliation.ts';

const TEXTS = 5_000;
const CUSTOMERS = 250;

let service: BuiltService;
afterEach(() => service.stop());

test(`${TEXTS} texts sent while the service is dead are each exactly one message, in order, soon after its start`, async () => {
  service = await startBuiltService();
  await connectTelephony(service);
  const entryPoint = await buildEntryPoint(service);
  await eventually('its number is walked', async () => (await readReconciliations(service)).length === 1);

  await service.kill();
  expect(await sendInVain(entryPoint)).toMatchObject({ sent: TEXTS, accepted: 0 });

  // They are as if they had come over ten minutes. After less than 15 s it would not count as an outage, and what is less
  // than a minute old would be left to Twilio's own tries first.
  const databaseUrl = await service.databaseUrl();
  await ask(databaseUrl, `UPDATE intake_heartbeat SET beaten_at = now() - interval '10 minutes' RETURNING beaten_at`);

  const startedAt = performance.now();
  await service.startAgain();
  const rows = await eventually(
    'every text in a contact',
    async () => {
      const counts = await ask<{ accepted: number }>(databaseUrl, ROWS);
      return counts.accepted === TEXTS && counts;
    },
    180_000,
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  process.stdout.write(`${TEXTS} of ${TEXTS} texts are there ${seconds.toFixed(1)} s after the start\n`);

  expect(rows).toEqual({ journal: TEXTS, reconciled: TEXTS, accepted: TEXTS, contacts: CUSTOMERS, messages: TEXTS });
  const threads = await readThreads(service.api);
  expect(threads).toHaveLength(CUSTOMERS);
  for (const thread of threads) expect(thread.bodies).toEqual(textsOf(thread, TEXTS / CUSTOMERS));
  expect(await readReconciliations(service)).toMatchObject([{ foundMissing: TEXTS, lastError: null }]);
}, 400_000);

/** Each text is tried as often as Twilio would, and then given up. */
async function sendInVain({ phoneNumber }: EntryPointDto): Promise<BurstReport> {
  const answer = await fetch(`${service.simulator.url}/sim/v1/bursts`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ count: TEXTS, customers: CUSTOMERS, to: phoneNumber, concurrency: 256, wait: true }),
  });
  return (await answer.json()) as BurstReport;
}

const ROWS = `SELECT
  (SELECT count(*)::int FROM inbound_sms) AS journal,
  (SELECT count(*)::int FROM inbound_sms WHERE source = 'reconciled') AS reconciled,
  (SELECT count(*)::int FROM inbound_sms WHERE verdict = 'accepted') AS accepted,
  (SELECT count(*)::int FROM contacts) AS contacts,
  (SELECT count(*)::int FROM messages) AS messages`;
