/** Masks a number for logs: `+15005550006` → `+1500•••06`. Short and alphanumeric senders keep their first and last character. */
export function maskPhoneNumber(number: string): string {
  if (number.length <= 6) return `${number.slice(0, 1)}•••${number.slice(-1)}`;
  return `${number.slice(0, 5)}•••${number.slice(-2)}`;
}

/** Removes the grouping characters from a number such as `+1 (500) 555-0101`; alphanumeric senders stay as they are. */
export const ungrouped = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' && /^\+?[\d\s().-]*\d[\d\s().-]*$/.test(value.trim())
    ? value.replaceAll(/[\s().-]/g, '')
    : value;
