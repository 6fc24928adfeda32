import { useComputedColorScheme } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './simulator.module.css';

interface PhoneFrameProps {
  /** Where the simulator is. */
  url: string;
  /** `phone`: only the phone, narrow enough to stand beside a screen. */
  view?: 'phone';
  /** The number that the phone is to text. */
  to?: string | undefined;
  onClose?: () => void;
}

/** The simulator's page, in the console's language and colours. */
export function PhoneFrame({ url, view, to, onClose }: PhoneFrameProps) {
  const { t, i18n } = useTranslation('simulator');
  const theme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const frame = useRef<HTMLIFrameElement>(null);
  usePhoneMessages(frame, onClose);
  const given = Object.entries({ view, to, theme, lang: i18n.language, console: window.location.origin });
  const search = new URLSearchParams(given.filter((each): each is [string, string] => each[1] !== undefined));
  const src = `${url}/?${search}`;
  // Another address is another frame: changing that of this one would be a step in the browser's history.
  return (
    <iframe key={src} ref={frame} src={src} title={t('frame')} allow="clipboard-write" className={classes['frame']} />
  );
}

const SCREENS = ['activity', 'desk', 'entry-points'] as const;

interface PhoneMessage {
  close?: true;
  open?: (typeof SCREENS)[number];
  search?: Record<string, string>;
}

/** What the phone asks of the console: to be closed, or to open a screen. */
function usePhoneMessages(frame: React.RefObject<HTMLIFrameElement | null>, onClose: (() => void) | undefined): void {
  const navigate = useNavigate();
  useEffect(() => {
    const take = ({ source, data }: MessageEvent<PhoneMessage>): void => {
      if (source === null || source !== frame.current?.contentWindow) return;
      if (data.close === true) onClose?.();
      const screen = SCREENS.find((each) => each === data.open);
      if (screen !== undefined) void navigate({ to: `/${screen}`, search: data.search ?? {} });
    };
    window.addEventListener('message', take);
    return () => window.removeEventListener('message', take);
  }, [frame, navigate, onClose]);
}
