import type { PhoneNumberDto } from '../api/generated/types.gen.ts';

export const NUMBER_GROUPS = ['own', 'free', 'used_elsewhere', 'used_here', 'no_sms'] as const;
/** What keeps one from choosing a number, if anything: `used_here` and `no_sms` cannot be chosen. */
export type NumberGroup = (typeof NUMBER_GROUPS)[number];

export type NumberRow =
  | { kind: 'heading'; group: NumberGroup; count: number }
  | { kind: 'number'; group: NumberGroup; number: PhoneNumberDto };

/** @param entryPointId the one that is edited; undefined for a new one */
export function groupOf(number: PhoneNumberDto, entryPointId: string | undefined): NumberGroup {
  if (!number.capabilities.sms) return 'no_sms';
  if (number.inUseBy !== null) return number.inUseBy.entryPointId === entryPointId ? 'own' : 'used_here';
  return number.smsUrl === null && number.smsApplicationSid === null ? 'free' : 'used_elsewhere';
}

export const canBeChosen = (group: NumberGroup): boolean => group !== 'used_here' && group !== 'no_sms';

/** The numbers that have a text in them, by group, each group under a heading. */
export function groupNumbers(numbers: PhoneNumberDto[], text: string, entryPointId: string | undefined): NumberRow[] {
  const found = numbers.filter((number) => hasText(number, text));
  return NUMBER_GROUPS.flatMap((group): NumberRow[] => {
    const members = found.filter((number) => groupOf(number, entryPointId) === group);
    if (members.length === 0) return [];
    const rows = members.map((number) => ({ kind: 'number' as const, group, number }));
    return [{ kind: 'heading', group, count: members.length }, ...rows];
  });
}

/** In its name, in who uses it, or in its digits, however they are written. */
function hasText({ phoneNumber, friendlyName, smsUrl, inUseBy }: PhoneNumberDto, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return true;
  const digits = wanted.replaceAll(/[\s()./-]/g, '');
  if (/^\+?\d+$/.test(digits) && phoneNumber.includes(digits)) return true;
  return [friendlyName, smsUrl, inUseBy?.name].some((each) => each?.toLowerCase().includes(wanted));
}
