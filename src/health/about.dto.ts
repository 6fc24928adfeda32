import type { Role } from '../config/environment.js';
import type { UnreachableReason } from '../entry-points/webhook-url.js';
import type { TelephonyState } from '../twilio-integration/telephony-connection.entity.js';

/** What runs here, and how; and what of that the account's agents have to know. */
export class AboutDto {
  /** Of the service. @example "0.1.0" */
  version: string;

  /** `simulator`: nothing leaves this machine, Twilio is simulated. */
  mode: 'live' | 'simulator';

  /** Where the simulator is, with its phones; null when live. @example "http://127.0.0.1:4010" */
  simulatorUrl: string | null;

  /** The address at which Twilio reaches this service, as PUBLIC_URL has it. @example "https://sms.example.com" */
  publicUrl: string;

  /**
   * Why Twilio could not reach it; null when nothing speaks against it.
   * @example "http://127.0.0.1:3000 is an address of this machine, which Twilio cannot reach"
   */
  publicUrlProblem: string | null;

  /** The same for programs: `own_machine`, an address of this machine; `not_https`, SMS would cross the internet in the clear. */
  publicUrlReason: UnreachableReason | null;

  /** Whether there is a Twilio account to send with: `connected`, `failing` (it refused the token) or `disconnected`. */
  telephonyState: TelephonyState;

  /** The largest picture or file that can be uploaded for a reply. @example 10485760 */
  mediaMaxBytes: number;

  /** What the queues are on. */
  queues: 'postgres' | 'redis';

  /** Whether the service runs a PostgreSQL server of its own. */
  embeddedDatabase: boolean;

  /** What the process that answers does. @example ["api", "worker", "scheduler"] */
  roles: Role[];
}
