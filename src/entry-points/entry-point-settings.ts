import type { EntryPoint } from './entry-point.entity.js';

/** What admins set of an entry point; what Twilio or the service says of it is no setting. */
export function settingsOf(entryPoint: EntryPoint): Partial<EntryPoint> {
  const { campaignId, name, language, state, phoneNumberSid, phoneNumber } = entryPoint;
  const { greeting, autoCloseHours, reopenMinutes } = entryPoint;
  return {
    campaignId,
    name,
    language,
    state,
    phoneNumberSid,
    phoneNumber,
    greeting,
    autoCloseHours,
    reopenMinutes,
  };
}
