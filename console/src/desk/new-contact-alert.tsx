import { VisuallyHidden } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type LiveEvent, useLiveEvent } from '../live/live-events.ts';
import { beep } from './beep.ts';
import { usePreferences } from '../session/preferences.ts';
import { notify } from './notify.ts';

const QUIET_MS = 2_000;

/** Lets an agent know of contacts that wait: in the tab's title, to a screen reader, and by a sound and a notification if wanted. */
export function NewContactAlert({ waiting }: { waiting: number }) {
  const { t } = useTranslation('desk');
  const { sound, notification } = usePreferences();
  useEffect(() => {
    document.title = `${waiting > 0 ? `(${waiting}) ` : ''}${t('title')} · sms-inbound`;
  }, [waiting, t]);

  const lastAt = useRef(0);
  useLiveEvent(
    useCallback(
      ({ type }: LiveEvent) => {
        if (type !== 'contact.created' || Date.now() - lastAt.current < QUIET_MS) return;
        lastAt.current = Date.now();
        if (sound) beep();
        if (notification) notify(t('announce.new'), t('announce.newText'));
      },
      [sound, notification, t],
    ),
  );

  const [before, setBefore] = useState(waiting);
  const [told, setTold] = useState('');
  if (waiting !== before) {
    setBefore(waiting);
    if (waiting > before) setTold(t('announce.waiting', { count: waiting }));
  }
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {told}
    </VisuallyHidden>
  );
}
