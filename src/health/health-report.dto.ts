import { ApiParams } from '../common/params.decorator.js';
import type { Params } from '../common/sentence.js';
import type { WebhookState } from '../entry-points/webhook-state.js';
import type { HealthCheckName, HealthState } from '../health-checks/health-check.js';
import type { HealthReason } from './health-sentences.js';

/** An entry point that SMS may not reach. */
export class UnsetWebhookDto {
  /** Of the entry point. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b11" */
  id: string;

  /** Of the entry point. @example "Support EN" */
  name: string;

  /** What keeps SMS away, at last look. */
  state: Exclude<WebhookState, 'set'>;
}

/** One thing that was looked at. */
export class HealthCheckDto {
  /** What was looked at. Of `durability` there is one for each risk. */
  name: HealthCheckName;

  /** `warning`: somebody should look; `failing`: it does not work. */
  state: HealthState;

  /**
   * How it stands, in words, with the way out.
   * @example "2 SMS failed for good. Look at why (GET inbound-sms?verdict=dead_letter), then replay or discard them."
   */
  detail: string;

  /** What `detail` says, for programs. */
  reason: HealthReason;

  /** What `detail` tells of, to tell it in another language; times in seconds. @example { "count": 2 } */
  @ApiParams()
  params: Params;

  /** Since when it is not ok; null when it is, or when that is not known. @example "2026-11-24T10:31:00.000Z" */
  since: Date | null;

  /** The entry points that it is about; the first few. */
  entryPoints: UnsetWebhookDto[];
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

  /** Jobs that failed for good; the sweeper has enqueued their rows again. @example 0 */
  failed: number;

  /** For how long the oldest job that waits for a worker has waited; null without any. @example 2 */
  oldestWaitingSeconds: number | null;
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
