import { globSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultRecord } from '../history/history.ts';
import type { Line } from '../../stack/proxies.ts';
import { promote } from '../../stack/standby.ts';
import type { SupervisedProcess } from '../../stack/supervised-process.ts';
import type { Stack } from '../stack.ts';
import { type FaultKind, rulesOf } from './fault-kinds.ts';
import type { PlannedFault } from './fault-plan.ts';

/** Longer than a lock of the queue, so that it takes jobs away from those who work on them. */
const WRONG_CLOCK = '+45s';

/** Breaks one thing, waits, and makes it whole again. */
export async function inject(stack: Stack, fault: PlannedFault): Promise<FaultRecord> {
  const { hits } = rulesOf(fault.kind);
  const hit = hits && stack.processes[hits][fault.target]!;
  const startedAt = Date.now();
  await BREAK[fault.kind](stack, fault.lastsMs, hit!);
  return { kind: fault.kind, target: hit?.name ?? '', startedAt, endedAt: Date.now() };
}

type Break = (stack: Stack, lastsMs: number, hit: SupervisedProcess) => Promise<void>;

const kill: Break = async (_stack, _lastsMs, hit) => hit.kill();

const freeze: Break = async (_stack, lastsMs, hit) => {
  hit.freeze();
  await sleep(lastsMs);
  hit.thaw();
};

const reset =
  (line: (lines: Stack['lines']) => Line): Break =>
  async ({ lines }) =>
    line(lines).reset();

/** What was open then stays so for ever, and nobody says that nothing comes through any more. */
const halfOpen =
  (line: (lines: Stack['lines']) => Line): Break =>
  async ({ lines }, lastsMs) => {
    await line(lines).blackhole();
    await sleep(lastsMs);
    await line(lines).pass();
  };

const BREAK: Record<FaultKind, Break> = {
  'api killed': kill,
  'api frozen': freeze,
  'worker killed': kill,
  'worker frozen': freeze,
  'worker clock wrong': async (_stack, lastsMs, hit) => {
    hit.killToRunWith({ LD_PRELOAD: fakeClock()!, FAKETIME: WRONG_CLOCK, FAKETIME_DONT_FAKE_MONOTONIC: '1' });
    // It is never ready: a worker whose clock is wrong takes no jobs, and ends.
    await sleep(lastsMs);
    hit.killToRunWith({});
  },
  'scheduler killed': kill,
  'scheduler frozen': freeze,
  'PostgreSQL restarted': async ({ postgres }) => {
    await postgres.stopImmediately();
    await postgres.start();
  },
  'PostgreSQL killed': async ({ postgres }) => {
    await postgres.kill();
    await postgres.start();
  },
  'PostgreSQL down': async ({ postgres }, lastsMs) => {
    await postgres.stopImmediately();
    await sleep(lastsMs);
    await postgres.start();
  },
  'PostgreSQL frozen': async ({ postgres }, lastsMs) => {
    await postgres.freeze();
    await sleep(lastsMs);
    await postgres.thaw();
  },
  'PostgreSQL line reset': reset(({ postgres }) => postgres),
  'PostgreSQL line half-open': halfOpen(({ postgres }) => postgres),
  'Twilio line reset': reset(({ twilio }) => twilio),
  'Twilio line half-open': halfOpen(({ twilio }) => twilio),
  'Redis restarted': async ({ redis }, lastsMs) => {
    await redis!.kill();
    await sleep(lastsMs);
    await redis!.startAgain();
  },
  'Redis flushed': ({ redis }) => redis!.flush(),
  'Redis frozen': async ({ redis }, lastsMs) => {
    redis!.freeze();
    await sleep(lastsMs);
    redis!.thaw();
  },
  'Redis line reset': reset(({ redis }) => redis!),
  'Redis line half-open': halfOpen(({ redis }) => redis!),
  'disk full': async ({ disk, postgres }, lastsMs) => {
    await disk!.fill();
    await sleep(lastsMs);
    await disk!.free();
    await postgres.startIfGone();
  },
  'failed over': async (stack) => {
    const standby = stack.standby!;
    await stack.postgres.kill();
    await promote(standby);
    await stack.lines.postgres.leadTo(standby.url);
    stack.standby = null;
    stack.postgres = standby;
  },
};

/** The library of Debian's package faketime; undefined where it is not installed. */
export const fakeClock = (): string | undefined => globSync('/usr/lib/*/faketime/libfaketimeMT.so.1')[0];
