/** The sizes of all runs. */
export interface Sizes {
  /** Rounds of each comparison; the median counts. */
  rounds: number;
  /** Whether variants without a target are measured too. */
  extras: boolean;
  /** Forms posted to servers that only answer (limits A and B). */
  answers: number;
  /** Forms posted before the clock starts. */
  warmUp: number;
  /** Forms posted to servers that store them. */
  accepts: number;
  /** SMS of the end-to-end run. */
  endToEnd: number;
  /** Customers who send the SMS. */
  customers: number;
  /** Duration of an open-loop load. */
  steadySeconds: number;
  overloadSeconds: number;
  /** SMS of the memory run. */
  memory: number;
  /** Rows in the large database. */
  grownMessages: number;
  grownContacts: number;
  /** How often each list is read. */
  reads: number;
  starts: number;
}

const DEFAULT: Sizes = {
  rounds: 3,
  extras: true,
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
    extras: false,
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
