import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes } from 'react';

type Html<Props> = Props & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof Props>;

/** A link to a screen, in running text. */
export const ScreenLink = createLink((props: Html<AnchorProps>) => <Anchor {...props} />);

/** A link to a screen that looks like the button it is meant as. */
export const ScreenButton = createLink((props: Html<ButtonProps>) => <Button component="a" {...props} />);
