/** A password nobody guesses, of letters that survive being read out or pasted: 96 bits of chance. */
export function makePassword(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return btoa(String.fromCodePoint(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}
