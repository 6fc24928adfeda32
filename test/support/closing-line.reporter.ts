interface RunTotals {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  numRuntimeErrorTestSuites: number;
}

/** Ends the output of a run with one line for people and scripts: `12 passed, 0 failed, 1 skipped`. */
export default class ClosingLineReporter {
  onRunComplete(_contexts: unknown, totals: RunTotals): void {
    // Jest does not count the tests of a file that fails to load.
    const failed = totals.numFailedTests + totals.numRuntimeErrorTestSuites;
    const skipped = totals.numPendingTests + totals.numTodoTests;
    const line = `${totals.numPassedTests} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}\n`;
    process.once('exit', () => process.stdout.write(line));
  }
}
