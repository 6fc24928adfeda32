import { IsOptional, Matches } from 'class-validator';
import type { TelephonyConnection, TelephonyState } from './telephony-connection.entity.js';

const TOKEN = /^[0-9a-f]{32}$/;
const AUTH_TOKEN = {
  message: 'must be the 32 hex digits that the Twilio Console shows as Auth Token',
  context: { code: 'isAuthToken' },
};

/** The Twilio account to connect. */
export class ConnectTelephonyDto {
  /** The ACCOUNT SID from the Twilio Console. @example "AC0123456789abcdef0123456789abcdef" */
  @Matches(/^AC[0-9a-f]{32}$/, {
    message: 'must be AC and 32 hex digits, as the Twilio Console shows it',
    context: { code: 'isAccountSid' },
  })
  accountSid: string;

  /** The AUTH TOKEN, which is stored encrypted and never shown again. @example "0123456789abcdef0123456789abcdef" */
  @Matches(TOKEN, AUTH_TOKEN)
  authToken: string;

  /**
   * The secondary token during a rotation. Requests that are signed with either token are accepted, so that no SMS is lost
   * when you promote it at Twilio. To end the rotation, connect again with the promoted token as `authToken`.
   * @example "fedcba9876543210fedcba9876543210"
   */
  @IsOptional()
  @Matches(TOKEN, AUTH_TOKEN)
  nextAuthToken?: string;
}

/** The telephony connection of the account. */
export class TelephonyDto {
  /** The ACCOUNT SID; null if no Twilio account was ever connected. @example "AC0123456789abcdef0123456789abcdef" */
  accountSid: string | null;

  /** The last four characters of the AUTH TOKEN. @example "ab12" */
  authTokenLast4: string | null;

  /**
   * `connected`: Twilio accepted the token at the last check. `failing`: Twilio refused it. `disconnected`: there is no
   * token, so that SMS cannot be verified and are refused until an account is connected again.
   */
  state: TelephonyState;

  /** When Twilio last accepted the token. @example "2026-11-24T10:31:00.000Z" */
  verifiedAt: Date | null;

  /** The name of the account at Twilio. @example "Acme" */
  friendlyName: string | null;

  /** Whether a secondary token is accepted too. */
  rotating: boolean;

  /**
   * What is wrong and what to do about it; null while connected.
   * @example "No Twilio account is connected: incoming SMS cannot be verified and are refused. Connect one."
   */
  problem: string | null;
}

export const TELEPHONY_PROBLEMS: Record<Exclude<TelephonyState, 'connected'>, string> = {
  failing:
    'Twilio refused the stored AUTH TOKEN at the last check. Was it rotated? Connect again with the token that the Twilio Console shows.',
  disconnected: 'No Twilio account is connected: incoming SMS cannot be verified and are refused. Connect one.',
};

export function presentTelephony(connection: TelephonyConnection | null): TelephonyDto {
  const state = connection?.state ?? 'disconnected';
  return {
    accountSid: connection?.accountSid ?? null,
    authTokenLast4: connection?.authTokenLast4 ?? null,
    state,
    verifiedAt: connection?.verifiedAt ?? null,
    friendlyName: connection?.friendlyName ?? null,
    rotating: connection?.nextAuthToken != null,
    problem: state === 'connected' ? null : TELEPHONY_PROBLEMS[state],
  };
}
