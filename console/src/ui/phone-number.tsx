import { useQuery } from '@tanstack/react-query';

/**
 * A number in groups, as people read it. They are spaced without spaces: what is copied, searched for and read aloud is
 * the number as it is.
 */
export function PhoneNumber({ number }: { number: string }) {
  const { data } = useQuery({
    queryKey: ['phone-groups'],
    queryFn: () => import('./phone-groups.ts'),
    staleTime: Infinity,
    gcTime: Infinity,
  });
  const groups = data?.groupsOf(number) ?? [number];
  return (
    <bdi style={{ whiteSpace: 'nowrap' }} dir={number.startsWith('+') ? 'ltr' : 'auto'}>
      {groups.map((group, place) => (
        <span key={place} style={place > 0 ? { marginLeft: '0.28em' } : undefined}>
          {group}
        </span>
      ))}
    </bdi>
  );
}

const NUMBERS = /(\+[1-9]\d{6,14})/;

/** A sentence that may name numbers. */
export const WithPhoneNumbers = ({ text }: { text: string }) =>
  text.split(NUMBERS).map((part, place) => (place % 2 === 1 ? <PhoneNumber key={place} number={part} /> : part));
