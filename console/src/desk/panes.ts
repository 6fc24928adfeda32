import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';

/** The element ids of what keys and actions lead to. */
export const COMPOSER = 'desk-composer';
export const NOTE = 'desk-note';
export const THREAD = 'desk-thread';

export type Pane = 'contacts' | 'thread' | 'details';

const isVisible = (id: string): boolean => document.getElementById(id)?.checkVisibility() ?? false;

/** Leads the focus to something; where one pane is shown at a time, to its pane first. */
export function useGoTo() {
  const navigate = useNavigate();
  return useCallback(
    async (pane: Exclude<Pane, 'contacts'>, id: string): Promise<void> => {
      if (!isVisible(id)) {
        await navigate({
          to: '.',
          search: (before: object) => ({ ...before, pane: pane === 'details' ? pane : undefined }),
        });
      }
      requestAnimationFrame(() => document.getElementById(id)?.focus());
    },
    [navigate],
  );
}

/** The id of a contact's row. */
export const rowId = (contactId: string): string => `desk-contact-${contactId}`;
