/** What an API key may do: `read` to look, `write` to change. */
export const SCOPES = [
  'telephony:read',
  'telephony:write',
  'campaigns:read',
  'campaigns:write',
  'entry-points:read',
  'entry-points:write',
  'contacts:read',
  'contacts:write',
  'events:read',
  'consumers:read',
  'consumers:write',
  'inbound-sms:read',
  'inbound-sms:write',
  'api-keys:read',
  'api-keys:write',
] as const;

export type Scope = (typeof SCOPES)[number];
