import type { WebhookAtTwilio, WebhookState } from './webhook-state.js';

/** What keeps SMS away and the way out, for the admin; null when they arrive. */
export function explain(state: WebhookState, { number, overridingService }: WebhookAtTwilio): string | null {
  switch (state) {
    case 'set':
      return null;
    case 'not_set':
      return 'Twilio does not post the SMS of this number anywhere. Set the webhook.';
    case 'changed':
      return `Twilio posts the SMS of this number to ${number?.smsUrl} (${number?.smsMethod}). Set the webhook to get them here.`;
    case 'overridden_by_application':
      return `The TwiML application ${number?.smsApplicationSid} takes the SMS of this number, whatever its URL. Set the webhook: that clears it.`;
    case 'overridden_by_messaging_service':
      return (
        `The Messaging Service "${overridingService?.friendlyName}" (${overridingService?.sid}) takes the SMS of this ` +
        `number. In the Twilio Console open it, Integration, and choose "Defer to sender's webhook", or take the number out.`
      );
    case 'number_missing':
      return 'This number is not in the connected Twilio account (any more). Give the entry point another number.';
    case 'unknown':
      return 'Twilio was not asked yet.';
  }
}
