import { useEffect, useRef } from 'react';
import { usePreferences } from '../session/preferences.ts';

/** Where keys are for typing, or for moving in what is open. */
const KEEPS_KEYS = 'input, textarea, select, [contenteditable], [role=dialog], [role=menu], [role=listbox]';

/** What single keys do, named as in `KeyboardEvent.key` in lower case; nothing while one types. */
export function useShortcuts(actions: Record<string, (() => void) | undefined>): void {
  const { shortcuts } = usePreferences();
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    if (!shortcuts) return;
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
      if (event.target instanceof Element && event.target.closest(KEEPS_KEYS) !== null) return;
      const action = latest.current[event.key.toLowerCase()];
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [shortcuts]);
}
