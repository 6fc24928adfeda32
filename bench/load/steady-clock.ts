/** Microseconds of the machine's steady clock, which all its processes share. */
export const microseconds = (): number => Number(process.hrtime.bigint() / 1_000n);
