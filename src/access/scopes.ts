/** The permissions of API keys and users. */
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
  'users:read',
  'users:write',
  'audit-log:read',
] as const;

export type Scope = (typeof SCOPES)[number];

export const USER_ROLES = ['admin', 'agent'] as const;
export type UserRole = (typeof USER_ROLES)[number];

export const SCOPES_OF_ROLE: Record<UserRole, readonly Scope[]> = {
  admin: SCOPES,
  agent: ['contacts:read', 'contacts:write', 'events:read', 'entry-points:read', 'campaigns:read'],
};
