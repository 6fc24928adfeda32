import { mulberry32 } from '../../../simulator/src/burst/mulberry32.ts';

/** Numbers from a seed: the same seed makes the same run. */
export interface Random {
  /** From 0 up to 1, which never comes. */
  share(): number;
  /** A whole number, both ends included. */
  between(least: number, most: number): number;
  pick<T>(from: readonly T[]): T;
  shuffled<T>(items: readonly T[]): T[];
}

export function randomFrom(seed: number): Random {
  const share = mulberry32(seed);
  const between = (least: number, most: number): number => least + Math.floor(share() * (most - least + 1));
  return {
    share,
    between,
    pick: (from) => from[between(0, from.length - 1)]!,
    shuffled: (items) => {
      const left = [...items];
      return items.map(() => left.splice(between(0, left.length - 1), 1)[0]!);
    },
  };
}
