/**
 * The folders of src/ from top to bottom, each with the tables that it owns. A folder imports only from those above it,
 * reads only their tables and its own, and writes only its own. `.dependency-cruiser.cjs` holds the imports to it, and
 * test/structure/table-owners.spec.ts the SQL.
 */
module.exports = {
  config: [],
  common: [],
  'health-checks': [],
  database: [],
  queue: [],
  spool: [],
  access: ['accounts', 'users', 'sessions', 'api_keys', 'login_attempts', 'audit_log'],
  campaigns: ['campaigns'],
  'twilio-integration': ['telephony_connections'],
  'entry-points': ['entry_points'],
  'contact-events': ['contact_events', 'event_log_horizons', 'consumers'],
  'opt-outs': ['opt_outs'],
  'blocked-senders': ['blocked_senders'],
  'canned-replies': ['canned_replies'],
  media: ['message_media', 'media_uploads'],
  contacts: ['contacts', 'messages', 'contact_notes'],
  'outbound-sms': ['outbound_sms', 'sending_numbers'],
  'inbound-sms': ['inbound_sms'],
  webhook: [],
  reconciliation: ['reconciliations', 'intake_heartbeat'],
  health: [],
  server: [],
  commands: [],
};
