interface Page<T> {
  data: T[];
  nextCursor: string | null;
}

/** Reads a list to its end, for what people choose from as a whole. */
export async function readAllPages<T>(
  readPage: (query: { limit: number; cursor?: string }) => Promise<{ data: Page<T> }>,
): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | undefined;
  do {
    const { data: page } = await readPage({ limit: 100, ...(cursor !== undefined && { cursor }) });
    all.push(...page.data);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return all;
}
