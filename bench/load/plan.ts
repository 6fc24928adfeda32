/** What a load generator sends, and where. */
export interface LoadPlan {
  url: string;
  /** The URL that the signature is for. */
  signedUrl: string;
  accountSid: string;
  authToken: string;
  to: string;
  count: number;
  /** How many customers take turns to send them. */
  customers: number;
  /** The number of the first customer; 0 by default. */
  firstCustomer?: number;
  connections: number;
  /** The rate of an open loop. Without it, the loop is closed: each connection waits for its answer before the next SMS. */
  ratePerSecond?: number;
  /** Whether the result lists the accepted SMS. */
  listAccepted?: boolean;
}

export interface Latency {
  p50: number;
  p90: number;
  p99: number;
  p999: number;
  max: number;
}

export interface AcceptedSms {
  messageSid: string;
  /** When it was answered, in microseconds of the machine's steady clock, which all processes share. */
  at: number;
}

export interface LoadResult {
  sent: number;
  /** Answered with 2xx. */
  accepted: number;
  /** Answered with 503. */
  refused: number;
  /** Everything else: other answers, broken connections, and no answer at all. */
  failed: number;
  /** In microseconds of the machine's steady clock. */
  startedAt: number;
  /** From the start until the last answer. */
  seconds: number;
  /** In milliseconds. In an open loop it counts from when the SMS was due, so that late sending counts too. */
  latency: Latency;
  refusedLatency: Latency;
  /** Counts from when the SMS was actually sent, which is later if the generator gets too little CPU time. */
  refusedSinceSent: Latency;
  /** CPU cores used by the generator; near 1, the generator itself was the bottleneck. */
  generatorCores: number;
  acceptedSms: AcceptedSms[];
}
