import { Button, Center, Paper, Stack, Text, Title } from '@mantine/core';
import { type UseMutationResult } from '@tanstack/react-query';
import type { FormEvent, ReactNode } from 'react';
import { Failure } from '../ui/failure.tsx';

interface SessionFormProps {
  title: string;
  intro: string;
  /** What the button says. */
  action: string;
  mutation: Pick<UseMutationResult<unknown, unknown, void>, 'mutate' | 'isPending' | 'error'>;
  children: ReactNode;
}

/** The one thing on the screen while nobody may go further. */
export function SessionForm({ title, intro, action, mutation, children }: SessionFormProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutation.mutate();
  };
  return (
    <Center component="main" mih="100dvh" p="md">
      <Paper withBorder shadow="sm" p="xl" w={420} maw="100%">
        <form onSubmit={submit}>
          <Stack>
            <Title order={1} size="h2">
              {title}
            </Title>
            <Text c="dimmed" size="sm">
              {intro}
            </Text>
            <Failure error={mutation.error} />
            {children}
            <Button type="submit" loading={mutation.isPending}>
              {action}
            </Button>
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}
