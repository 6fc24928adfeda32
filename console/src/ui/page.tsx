import { Box, Group, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';

/** A screen: its title, what can be done with all of it, and what is on it. */
export function Page({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · sms-inbound`;
  }, [title]);
  return (
    <Box p={{ base: 'sm', sm: 'lg' }}>
      <Group justify="space-between" mb="lg">
        <Title order={1} size="h2">
          {title}
        </Title>
        {actions}
      </Group>
      {children}
    </Box>
  );
}
