interface Reading {
  /** Whether somebody sees the contact, or has. */
  isKnown: (id: string) => boolean;
  readOne: (id: string) => Promise<void>;
  /** Reads the first page of each list. */
  readBeginnings: () => Promise<void>;
}

const GATHER_MS = 200;
/** Of more contacts than that, those that nobody sees yet are read as a page and not one by one. */
const MAX_ONE_BY_ONE = 20;
const AT_ONCE = 4;

/** Reads contacts that have changed, one round after the other: many events become one round, however fast they come. */
export function contactRounds({ isKnown, readOne, readBeginnings }: Reading) {
  const changed = new Set<string>();
  let isReading = false;

  async function readOn(): Promise<void> {
    isReading = true;
    try {
      while (changed.size > 0) {
        await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
        const ids = [...changed];
        changed.clear();
        await readRound(ids);
      }
    } finally {
      isReading = false;
    }
  }

  async function readRound(ids: string[]): Promise<void> {
    const areFew = ids.length <= MAX_ONE_BY_ONE;
    const oneByOne = areFew ? ids : ids.filter(isKnown);
    // What cannot be read now is read once the stream is there again: then everything is.
    if (!areFew) await readBeginnings().catch(() => undefined);
    for (let at = 0; at < oneByOne.length; at += AT_ONCE) {
      await Promise.allSettled(oneByOne.slice(at, at + AT_ONCE).map(readOne));
    }
  }

  return {
    add: (id: string): void => {
      changed.add(id);
      if (!isReading) void readOn();
    },
    /** Reads none of those that wait for their round. */
    forget: (): void => changed.clear(),
  };
}
