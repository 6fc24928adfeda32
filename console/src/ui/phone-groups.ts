import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** `+15005550101` → `+1`, `500`, `555`, `0101`, as the country writes it; what is no such number stays whole. */
export function groupsOf(number: string): string[] {
  const groups = parsePhoneNumberFromString(number)?.formatInternational().split(' ') ?? [];
  return groups.join('') === number ? groups : [number];
}
