/** A whole number, as people write it. */
const NUMBER = /^\+?\d[\d\s().-]{3,}$/;

/** How the service is asked for the contacts that somebody means: by a number, or by the words of a message. */
export const contactsNamed = (typed: string): { customer: string } | { q: string } =>
  NUMBER.test(typed) ? { customer: `+${typed.replaceAll(/\D/g, '')}` } : { q: typed };
