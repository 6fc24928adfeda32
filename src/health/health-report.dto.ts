export type HealthState = 'ok' | 'warning' | 'failing';

export type HealthCheckName =
  | 'database'
  | 'queue'
  | 'telephony'
  | 'webhooks'
  | 'reconciliation'
  | 'inbound_backlog'
  | 'outbound_backlog'
  | 'event_consumers'
  | 'dead_letters';

/** One thing that was looked at. */
export class HealthCheckDto {
  /** What was looked at. */
  name: HealthCheckName;

  /** `warning`: somebody should look; `failing`: it does not work. */
  state: HealthState;

  /**
   * How it stands, in words, with the way out.
   * @example "2 SMS failed for good. Look at why (GET inbound-sms?verdict=dead_letter), then replay or discard them."
   */
  detail: string;

  /** Since when it is not ok; null when it is, or when that is not known. @example "2026-11-24T10:31:00.000Z" */
  since: Date | null;
}

/** A queue of the service as a whole, of all accounts. */
export class QueueCountsDto {
  /** The BullMQ queue. @example "inbound-sms" */
  name: string;

  /** Jobs that wait for a worker. @example 0 */
  waiting: number;

  /** Jobs that a worker has. @example 1 */
  active: number;

  /** Jobs that wait for their time. @example 0 */
  delayed: number;

  /** Jobs that were given up; their rows were nudged anew. @example 0 */
  failed: number;
}

/** What waits. */
export class BacklogDto {
  /** SMS without a verdict. @example 0 */
  unprocessed: number;

  /** For how long the oldest of them has waited; null without any. @example 4 */
  oldestUnprocessedSeconds: number | null;

  /** Messages to customers that Twilio does not have yet. @example 3 */
  outboundWaiting: number;

  /** For how long the oldest of them has waited; null without any. @example 2 */
  oldestOutboundSeconds: number | null;
}

/** What happened in a minute. */
export class FlowMinuteDto {
  /** Its beginning. @example "2026-11-24T10:31:00.000Z" */
  minute: Date;

  /** SMS that came. @example 21 */
  received: number;

  /** Those of them that are in a contact. @example 20 */
  accepted: number;

  /** Replies that agents wrote. @example 9 */
  replied: number;
}

/** How the service is, as the caller's account sees it. */
export class HealthReportDto {
  /** The worst of the checks. */
  status: HealthState;

  /** What was looked at. */
  checks: HealthCheckDto[];

  /** The queues; empty when they do not answer. */
  queues: QueueCountsDto[];

  /** What waits in the account. */
  backlog: BacklogDto;

  /** The last 15 minutes of the account, the oldest first. */
  flow: FlowMinuteDto[];
}
