/**
 * Gathers what comes in quick succession and hands it on in one go, each thing once.
 * @param ms how long after the first of them
 */
export function gather<T>(ms: number, handOn: (things: T[]) => void) {
  const waiting = new Set<T>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    add(thing: T): void {
      waiting.add(thing);
      timer ??= setTimeout(() => {
        timer = undefined;
        const things = [...waiting];
        waiting.clear();
        handOn(things);
      }, ms);
    },
    /** Hands on nothing of what still waits. */
    stop(): void {
      clearTimeout(timer);
      timer = undefined;
      waiting.clear();
    },
  };
}
