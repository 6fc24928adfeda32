import { VisuallyHidden } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type LiveEvent, useLiveEvent } from '../live/live-events.ts';
import { beep } from './beep.ts';
import { useDeskPreferences } from './desk-preferences.ts';

const QUIET_MS = 2_000;

/** Lets an agent know of contacts that wait: in the tab's title, to a screen reader, and by a sound if wanted. */
export function NewContactAlert({ waiting }: { waiting: number }) {
  const { t } = useTranslation('desk');
  const { sound } = useDeskPreferences();
  useEffect(() => {
    document.title = `${waiting > 0 ? `(${waiting}) ` : ''}${t('title')} · sms-inbound`;
  }, [waiting, t]);

  const lastBeepAt = useRef(0);
  useLiveEvent(
    useCallback(
      ({ type }: LiveEvent) => {
        if (!sound || type !== 'contact.created' || Date.now() - lastBeepAt.current < QUIET_MS) return;
        lastBeepAt.current = Date.now();
        beep();
      },
      [sound],
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
