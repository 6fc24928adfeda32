import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { segmentsCount } from '../api/generated/sdk.gen.ts';

const TYPING_MS = 250;
/** Longer texts are not counted; far shorter ones are too long for an SMS. */
const MAX_COUNTED = 10_000;

/** What a text costs, a moment after one stops typing. */
export function useSegments(text: string) {
  const [body] = useDebouncedValue(text, TYPING_MS);
  return useQuery({
    queryKey: ['segments', body],
    queryFn: async ({ signal }) => (await segmentsCount({ body: { body }, signal, throwOnError: true })).data,
    enabled: body !== '' && body.length <= MAX_COUNTED,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
}
