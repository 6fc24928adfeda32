/** The actions in the audit log, each named after its subject and what was done to it. */
export const AUDIT_ACTIONS = [
  'api_key.created',
  'api_key.revoked',
  'blocked_sender.created',
  'blocked_sender.deleted',
  'campaign.created',
  'campaign.deleted',
  'campaign.updated',
  'canned_reply.created',
  'canned_reply.deleted',
  'canned_reply.updated',
  'consumer.created',
  'consumer.deleted',
  'consumer.replayed',
  'entry_point.created',
  'entry_point.deleted',
  'entry_point.updated',
  'entry_point.webhook_restored',
  'entry_point.webhook_set',
  'inbound_sms.discarded',
  'inbound_sms.replayed',
  'sms_inbound.updated',
  'telephony.connected',
  'telephony.disconnected',
  'user.created',
  'user.password_changed',
  'user.signed_in',
  'user.signed_out_everywhere',
  'user.updated',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export const ACTOR_KINDS = ['user', 'api_key'] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];
