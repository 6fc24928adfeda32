import { Kbd } from '@mantine/core';
import classes from './key-hint.module.css';

/** The key that does the same as the button it stands in; not where there are no keys. */
export const KeyHint = ({ children }: { children: string }) => (
  <Kbd size="xs" className={classes['hint'] ?? ''}>
    {children}
  </Kbd>
);
