import { median } from '../setup/outcome.ts';

/** What each of the compared gave in each round. */
export class Rounds<T> {
  private readonly results = new Map<string, T[]>();

  /** One after the other, again and again: what the machine does meanwhile meets all of them alike. */
  static async run<T>(rounds: number, ways: Record<string, () => Promise<T>>): Promise<Rounds<T>> {
    const all = new Rounds<T>();
    for (let n = 0; n < rounds; n++) {
      for (const [name, way] of Object.entries(ways)) {
        const before = all.results.get(name) ?? [];
        all.results.set(name, [...before, await way()]);
      }
    }
    return all;
  }

  has(name: string): boolean {
    return this.results.has(name);
  }

  median(name: string, of: (result: T) => number): number {
    return median(this.results.get(name)!.map(of));
  }

  /** Over all rounds of these. */
  sum(names: string[], of: (result: T) => number): number {
    const results = names.flatMap((name) => this.results.get(name) ?? []);
    return results.reduce((total, result) => total + of(result), 0);
  }
}
