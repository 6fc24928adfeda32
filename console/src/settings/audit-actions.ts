import type { AuditEntryDto } from '../api/generated/types.gen.ts';

/** What can be looked for; the type says when one is missing. */
const ALL: Record<AuditEntryDto['action'], true> = {
  'entry_point.created': true,
  'entry_point.updated': true,
  'entry_point.deleted': true,
  'entry_point.webhook_set': true,
  'entry_point.webhook_restored': true,
  'sms_inbound.updated': true,
  'campaign.created': true,
  'campaign.updated': true,
  'campaign.deleted': true,
  'telephony.connected': true,
  'telephony.disconnected': true,
  'user.created': true,
  'user.updated': true,
  'user.password_changed': true,
  'user.signed_in': true,
  'user.signed_out_everywhere': true,
  'api_key.created': true,
  'api_key.revoked': true,
  'consumer.created': true,
  'consumer.deleted': true,
  'consumer.replayed': true,
  'blocked_sender.created': true,
  'blocked_sender.deleted': true,
  'canned_reply.created': true,
  'canned_reply.updated': true,
  'canned_reply.deleted': true,
  'inbound_sms.replayed': true,
  'inbound_sms.discarded': true,
};

export const AUDIT_ACTIONS = Object.keys(ALL) as AuditEntryDto['action'][];
