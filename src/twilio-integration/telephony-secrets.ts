import type { SealedColumn } from '../database/sealed-columns.js';

/** The sealed columns of `telephony_connections`. */
export const TELEPHONY_SECRETS = {
  authToken: { table: 'telephony_connections', column: 'auth_token', id: 'account_id' },
  nextAuthToken: { table: 'telephony_connections', column: 'next_auth_token', id: 'account_id' },
} as const satisfies Record<string, SealedColumn>;
