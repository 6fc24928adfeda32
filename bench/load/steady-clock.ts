/** Microseconds of the machine's steady clock, the same in each of its processes. */
export const microseconds = (): number => Number(process.hrtime.bigint() / 1_000n);
