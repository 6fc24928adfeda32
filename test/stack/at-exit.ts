const cleanUps = new Set<() => void>();

process.once('exit', () => {
  for (const cleanUp of [...cleanUps].toReversed()) cleanUp();
});

/**
 * What must not be left behind however this process ends, the last first; it cannot wait for anything.
 * @returns what to call once it is not needed any more
 */
export function atExit(cleanUp: () => void): () => void {
  const safely = (): void => {
    try {
      cleanUp();
    } catch {
      // gone already
    }
  };
  cleanUps.add(safely);
  return () => cleanUps.delete(safely);
}
