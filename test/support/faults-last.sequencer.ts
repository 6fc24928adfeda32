interface Test {
  path: string;
  context: { config: { displayName?: { name: string } } };
}

const isOfFaults = ({ context }: Test): number => Number(context.config.displayName?.name === 'faults');

/** Faults take the whole machine for minutes, so they come when everything else is done; the rest in Jest's order of files. */
export default class FaultsLastSequencer {
  sort(tests: Test[]): Test[] {
    return tests.toSorted((a, b) => isOfFaults(a) - isOfFaults(b));
  }

  allFailedTests(tests: Test[]): Test[] {
    return tests;
  }

  cacheResults(): void {
    // The order does not follow how long each took.
  }
}
