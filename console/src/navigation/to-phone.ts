/** The search of a link that opens the phone beside the screen, ready to text that number. */
export const toPhone = (phoneNumber: string) => (before: object) => ({
  ...before,
  phone: 'beside' as const,
  to: phoneNumber,
});
