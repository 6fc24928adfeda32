/** What one kind of fault needs of the stack, and for how long it may last. */
interface FaultKindRules {
  needs?: 'redis' | 'fragile stack';
  /** Which processes it may hit; left out, there is one of what it hits. */
  hits?: 'api' | 'worker' | 'scheduler';
  /** Milliseconds, both ends included; of a kill the downtime is the supervisor's. */
  lasts: [least: number, most: number];
  /** The same in the long run, where it is more. */
  lastsInFull?: [least: number, most: number];
  /** At most once in a scenario. */
  isFinal?: boolean;
}

const AT_ONCE: [number, number] = [0, 0];

/** In the order in which reports list them. */
export const FAULT_KINDS = {
  'api killed': { hits: 'api', lasts: AT_ONCE },
  'api frozen': { hits: 'api', lasts: [1_000, 4_000], lastsInFull: [1_000, 20_000] },
  'worker killed': { hits: 'worker', lasts: AT_ONCE },
  'worker frozen': { hits: 'worker', lasts: [1_000, 4_000], lastsInFull: [1_000, 40_000] },
  'worker clock wrong': { hits: 'worker', lasts: [4_000, 6_000], lastsInFull: [10_000, 40_000] },
  'scheduler killed': { hits: 'scheduler', lasts: AT_ONCE },
  'scheduler frozen': { hits: 'scheduler', lasts: [1_000, 4_000], lastsInFull: [1_000, 20_000] },
  'PostgreSQL restarted': { lasts: AT_ONCE },
  'PostgreSQL killed': { lasts: AT_ONCE },
  'PostgreSQL down': { lasts: [3_000, 5_000], lastsInFull: [30_000, 30_000] },
  'PostgreSQL frozen': { lasts: [1_000, 4_000], lastsInFull: [1_000, 20_000] },
  'PostgreSQL line reset': { lasts: AT_ONCE },
  'PostgreSQL line half-open': { lasts: [500, 2_000], lastsInFull: [500, 10_000] },
  'Twilio line reset': { lasts: AT_ONCE },
  'Twilio line half-open': { lasts: [500, 2_000], lastsInFull: [500, 10_000] },
  'Redis restarted': { needs: 'redis', lasts: [0, 2_000], lastsInFull: [0, 20_000] },
  'Redis flushed': { needs: 'redis', lasts: AT_ONCE },
  'Redis frozen': { needs: 'redis', lasts: [1_000, 4_000], lastsInFull: [1_000, 20_000] },
  'Redis line reset': { needs: 'redis', lasts: AT_ONCE },
  'Redis line half-open': { needs: 'redis', lasts: [500, 2_000], lastsInFull: [500, 10_000] },
  'disk full': { needs: 'fragile stack', lasts: [3_000, 5_000] },
  'failed over': { needs: 'fragile stack', lasts: AT_ONCE, isFinal: true },
} satisfies Record<string, FaultKindRules>;

export type FaultKind = keyof typeof FAULT_KINDS;

export const ALL_FAULT_KINDS = Object.keys(FAULT_KINDS) as FaultKind[];

export const rulesOf = (kind: FaultKind): FaultKindRules => FAULT_KINDS[kind];

/** What makes BullMQ's Redis forget what it was told. */
export const forgetsQueues = (kind: string): boolean => kind === 'Redis restarted' || kind === 'Redis flushed';
