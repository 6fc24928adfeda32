import { Box, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './desk.module.css';

/** A part of the details with a heading. */
export const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <Box component="section" className={classes['section']} aria-label={title}>
    <Title order={2} size="h6" mb="xs">
      {title}
    </Title>
    {children}
  </Box>
);
