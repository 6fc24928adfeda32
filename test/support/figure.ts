/** Prints a figure that `npm run proofs` shows in the line of the proof. */
export const reportFigure = (figure: string): void => void process.stdout.write(`figure: ${figure}\n`);
