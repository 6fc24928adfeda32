import type { Account } from '../account/account.ts';
import type { SmsSettings } from '../account/phone-number.ts';
import { isWebUrl } from '../webhook/address.ts';
import { badRequest } from './twilio-error.ts';

export type FormBody = Record<string, string | string[] | undefined>;

export const textOf = (value: string | string[] | undefined) => (Array.isArray(value) ? value.at(-1) : value);

/** Only the settings in the form; an empty value clears one. */
export function smsSettingsOf(body: FormBody, account: Account): Partial<SmsSettings> {
  const settings: Partial<SmsSettings> = {};
  const url = (name: string, code: number) => {
    const value = textOf(body[name])!;
    if (value && !isWebUrl(value)) throw badRequest(code, `${name} is not a valid URL: ${value}`);
    return value;
  };
  const method = (name: string, code: number) => {
    const value = textOf(body[name])!.toUpperCase() || 'POST';
    if (value !== 'GET' && value !== 'POST') throw badRequest(code, `${name} is not valid: ${value}`);
    return value;
  };
  if (body.FriendlyName !== undefined) settings.friendlyName = textOf(body.FriendlyName)!;
  if (body.SmsUrl !== undefined) settings.smsUrl = url('SmsUrl', 21502);
  if (body.SmsMethod !== undefined) settings.smsMethod = method('SmsMethod', 21503);
  if (body.SmsFallbackUrl !== undefined) settings.smsFallbackUrl = url('SmsFallbackUrl', 21504);
  if (body.SmsFallbackMethod !== undefined) settings.smsFallbackMethod = method('SmsFallbackMethod', 21505);
  if (body.SmsApplicationSid !== undefined) {
    const sid = textOf(body.SmsApplicationSid)!;
    if (sid && !account.applications.has(sid)) throw badRequest(21501, `SmsApplicationSid was not found: ${sid}`);
    settings.smsApplicationSid = sid;
  }
  return settings;
}
