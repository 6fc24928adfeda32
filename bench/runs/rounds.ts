import { median } from '../setup/outcome.ts';

/** The results of every candidate in every round. */
export class Rounds<T> {
  private readonly results = new Map<string, T[]>();

  /** Runs the candidates in turn, round after round, so that other load on the machine affects all of them alike. */
  static async run<T>(rounds: number, candidates: Record<string, () => Promise<T>>): Promise<Rounds<T>> {
    const all = new Rounds<T>();
    for (let n = 0; n < rounds; n++) {
      for (const [name, measure] of Object.entries(candidates)) {
        const previous = all.results.get(name) ?? [];
        all.results.set(name, [...previous, await measure()]);
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

  /** The sum over all rounds of these candidates. */
  sum(names: string[], of: (result: T) => number): number {
    const results = names.flatMap((name) => this.results.get(name) ?? []);
    return results.reduce((total, result) => total + of(result), 0);
  }
}
