import { IsOptional, Matches } from 'class-validator';
import type { TelephonyConnection, TelephonyState } from './telephony-connection.entity.js';

const TOKEN = /^[0-9a-f]{32}$/;
const AUTH_TOKEN = {
  message: 'must be the 32 hex digits that the Twilio Console shows as Auth Token',
  context: { code: 'isAuthToken' },
};

/** The Twilio account to connect. */
export class ConnectTelephonyDto {
  /** ACCOUNT SID, from the Twilio Console. @example "AC0123456789abcdef0123456789abcdef" */
  @Matches(/^AC[0-9a-f]{32}$/, {
    message: 'must be AC and 32 hex digits, as the Twilio Console shows it',
    context: { code: 'isAccountSid' },
  })
  accountSid: string;

  /** AUTH TOKEN; it is stored encrypted and never shown again. @example "0123456789abcdef0123456789abcdef" */
  @Matches(TOKEN, AUTH_TOKEN)
  authToken: string;

  /**
   * The secondary token, while you rotate: requests signed with either are taken, so that promoting it at Twilio
   * loses nothing. Connect again with the promoted token as `authToken` to end the rotation.
   * @example "fedcba9876543210fedcba9876543210"
   */
  @IsOptional()
  @Matches(TOKEN, AUTH_TOKEN)
  nextAuthToken?: string;
}

/** The telephony connection of the account. */
export class TelephonyDto {
  /** Null when no Twilio account was ever connected. @example "AC0123456789abcdef0123456789abcdef" */
  accountSid: string | null;

  /** The last four characters of the AUTH TOKEN. @example "ab12" */
  authTokenLast4: string | null;

  /**
   * `connected`: Twilio took the token at the last check. `failing`: it refused it. `disconnected`: no token; SMS
   * cannot be verified and are refused until one is connected again.
   */
  state: TelephonyState;

  /** When Twilio last took the token. @example "2026-11-24T10:31:00.000Z" */
  verifiedAt: Date | null;

  /** The name that the account has at Twilio. @example "Acme" */
  friendlyName: string | null;

  /** Whether a secondary token is accepted too. */
  rotating: boolean;

  /**
   * What is wrong, and the way out; null when connected.
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
