import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';

/** The colours that are shown, and the way to the others. */
export function useOtherColorScheme(): { other: 'light' | 'dark'; toOther: () => void } {
  const { setColorScheme } = useMantineColorScheme();
  const other = useComputedColorScheme('light') === 'dark' ? 'light' : 'dark';
  return { other, toOther: () => setColorScheme(other) };
}
