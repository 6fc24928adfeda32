/** What a form says; or, as a sentence, why Twilio would not send it. */
export type Decoded<T> = { value: T } | { reason: string };

/**
 * The form of a Twilio request, exactly as it came: empty parameters kept, nothing trimmed, nothing dropped.
 * Twilio adds parameters without notice, so it holds all of them.
 */
export class TwilioForm {
  private readonly params = new Map<string, string[]>();
  private signed: string | undefined;

  /** @param body the raw request body, `application/x-www-form-urlencoded` in UTF-8 */
  constructor(body: Buffer) {
    // The & in front: URLSearchParams would take a question mark at the start for that of a URL.
    for (const [name, value] of new URLSearchParams(`&${body.toString()}`)) {
      const values = this.params.get(name);
      if (values === undefined) this.params.set(name, [value]);
      else values.push(value);
    }
  }

  get(name: string): string | undefined {
    return this.params.get(name)?.[0];
  }

  /** How often a parameter came; Twilio sends each of its own exactly once. */
  count(name: string): number {
    return this.params.get(name)?.length ?? 0;
  }

  /** What the signature covers after the URL: names and values, sorted by name, values of one name made unique. */
  signedText(): string {
    return (this.signed ??= this.joinSorted());
  }

  /** For people to read: each parameter with its value, repeated ones joined by a line break. */
  toRecord(): Record<string, string> {
    return Object.fromEntries([...this.params].map(([name, values]) => [name, values.join('\n')]));
  }

  private joinSorted(): string {
    let text = '';
    for (const name of [...this.params.keys()].toSorted()) {
      const values = this.params.get(name)!;
      if (values.length === 1) text += name + values[0];
      else for (const value of [...new Set(values)].toSorted()) text += name + value;
    }
    return text;
  }
}
