/** `+15005550006` → `+1500•••06`; short and alphanumeric senders keep their first and last character. For logs. */
export function maskPhoneNumber(number: string): string {
  if (number.length <= 6) return `${number.slice(0, 1)}•••${number.slice(-1)}`;
  return `${number.slice(0, 5)}•••${number.slice(-2)}`;
}
