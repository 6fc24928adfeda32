/** How much of everything. */
export interface Sizes {
  /** Rounds of what is compared; the median counts. */
  rounds: number;
  /** Whether ways are measured too that no target is set for. */
  asides: boolean;
  /** Forms posted to what only answers. */
  answers: number;
  /** Forms posted to what keeps them, before the clock starts and after. */
  warmUp: number;
  accepts: number;
  /** SMS from the intake to the queue of the events, and who writes them. */
  endToEnd: number;
  customers: number;
  /** Seconds of a load by the clock. */
  steadySeconds: number;
  overloadSeconds: number;
  /** SMS of the memory run. */
  memory: number;
  /** Rows that are there already. */
  grownMessages: number;
  grownContacts: number;
  /** Times each list is read. */
  reads: number;
  starts: number;
}

const DEFAULT: Sizes = {
  rounds: 3,
  asides: true,
  answers: 60_000,
  warmUp: 5_000,
  accepts: 30_000,
  endToEnd: 10_000,
  customers: 1_000,
  steadySeconds: 30,
  overloadSeconds: 10,
  memory: 60_000,
  grownMessages: 200_000,
  grownContacts: 40_000,
  reads: 40,
  starts: 5,
};

export const SIZES: Record<'smoke' | 'default' | 'long', Sizes> = {
  smoke: {
    rounds: 1,
    asides: false,
    answers: 2_000,
    warmUp: 200,
    accepts: 1_000,
    endToEnd: 500,
    customers: 50,
    steadySeconds: 1,
    overloadSeconds: 1,
    memory: 2_000,
    grownMessages: 2_000,
    grownContacts: 400,
    reads: 5,
    starts: 1,
  },
  default: DEFAULT,
  long: {
    ...DEFAULT,
    steadySeconds: 60,
    overloadSeconds: 20,
    memory: 1_000_000,
    grownMessages: 10_000_000,
    grownContacts: 2_000_000,
    reads: 100,
  },
};
