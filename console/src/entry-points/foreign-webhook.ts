import type { EntryPointWebhookDto } from '../api/generated/types.gen.ts';

/** Whether something stands at Twilio that is not ours. */
export function isForeign({ current, proposed }: EntryPointWebhookDto): boolean {
  if (current === null) return false;
  if (current.smsApplicationSid !== null) return true;
  return current.smsUrl !== null && withoutFragment(current.smsUrl) !== withoutFragment(proposed.smsUrl ?? '');
}

/** The fragment holds Twilio's own settings of the connection. */
export const withoutFragment = (url: string): string => url.split('#', 1)[0]!;
