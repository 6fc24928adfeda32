import { newSid } from '../sids.ts';

/** A TwiML app. A number that points to one ignores its own URLs. */
export interface Application {
  sid: string;
  friendlyName: string;
  smsUrl: string;
  smsMethod: string;
  smsFallbackUrl: string;
  smsFallbackMethod: string;
}

export function buildApplication(given: Partial<Application>): Application {
  return {
    sid: newSid('AP'),
    friendlyName: 'TwiML app',
    smsUrl: '',
    smsMethod: 'POST',
    smsFallbackUrl: '',
    smsFallbackMethod: 'POST',
    ...given,
  };
}
