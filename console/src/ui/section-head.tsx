import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** What a part of the settings is for, and what can be added to it. */
export const SectionHead = ({ text, children }: { text: string; children?: ReactNode }) => (
  <Group justify="space-between">
    <Text size="sm" c="dimmed" maw={560}>
      {text}
    </Text>
    {children}
  </Group>
);
