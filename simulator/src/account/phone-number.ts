import { sidOf } from '../sids.ts';

export interface Capabilities {
  sms: boolean;
  mms: boolean;
  voice: boolean;
  fax: boolean;
}

/** The settings that an admin can change at Twilio, for numbers and short codes alike. */
export interface SmsSettings {
  friendlyName: string;
  smsUrl: string;
  smsMethod: string;
  smsFallbackUrl: string;
  smsFallbackMethod: string;
  /** If set, Twilio ignores the number's own URLs. Short codes have no TwiML app. */
  smsApplicationSid: string;
}

export interface PhoneNumber extends SmsSettings {
  sid: string;
  kind: 'number' | 'short_code';
  phoneNumber: string;
  capabilities: Capabilities;
  createdAt: number;
  updatedAt: number;
}

export type NewPhoneNumber = { phoneNumber: string; capabilities?: Partial<Capabilities> } & Partial<SmsSettings>;

export function buildPhoneNumber(given: NewPhoneNumber, now = Date.now()): PhoneNumber {
  const { phoneNumber, capabilities, ...settings } = given;
  const kind = phoneNumber.startsWith('+') ? 'number' : 'short_code';
  return {
    sid: sidOf(kind === 'number' ? 'PN' : 'SC', phoneNumber),
    kind,
    phoneNumber,
    capabilities: { sms: true, mms: true, voice: kind === 'number', fax: false, ...capabilities },
    friendlyName: phoneNumber,
    smsUrl: '',
    smsMethod: 'POST',
    smsFallbackUrl: '',
    smsFallbackMethod: 'POST',
    smsApplicationSid: '',
    createdAt: now,
    updatedAt: now,
    ...settings,
  };
}
