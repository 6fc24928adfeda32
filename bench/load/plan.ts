/** What a load generator sends. */
export interface LoadPlan {
  /** Where it posts. */
  url: string;
  /** Which address Twilio signed. */
  signedUrl: string;
  accountSid: string;
  authToken: string;
  to: string;
  count: number;
  /** Who writes them, in turn. */
  customers: number;
  /** The number of the first of them; 0 unless given. */
  firstCustomer?: number;
  connections: number;
  /** SMS per second by the clock; without it each connection sends its next when it has its answer. */
  ratePerSecond?: number;
  /** Whether the result names what was accepted. */
  namesAccepted?: boolean;
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
  /** When its 200 came, in microseconds of this machine's steady clock, which all its processes share. */
  at: number;
}

export interface LoadResult {
  sent: number;
  /** Answered 2xx. */
  accepted: number;
  /** Answered 503. */
  refused: number;
  /** Anything else: other answers, broken connections, none at all. */
  failed: number;
  /** Of the machine's steady clock, in microseconds. */
  startedAt: number;
  /** Until the last answer. */
  seconds: number;
  /** In milliseconds: of a clock's load from the time it was meant to be sent, so that a late start counts too. */
  latency: Latency;
  refusedLatency: Latency;
  /** From when it was really sent: where the generator has too little of the machine, that is later. */
  refusedSinceSent: Latency;
  /** Cores that the generator itself kept busy: near 1 it is the limit that was measured. */
  generatorCores: number;
  acceptedSms: AcceptedSms[];
}
