import { useState } from 'react';
import { changedFields, mergeChanges, type Merged } from './merge-changes.ts';

interface Draft<T> {
  base: T;
  mine: T;
}

/** What somebody is editing: as it was when they began, and what they have made of it. */
export function useDraft<T extends object>(start: T) {
  const [{ base, mine }, setDraft] = useState<Draft<T>>({ base: start, mine: start });
  const changed = changedFields(base, mine);
  return {
    values: mine,
    changed,
    isChanged: changed.length > 0,
    set: (values: Partial<T>) => setDraft((draft) => ({ ...draft, mine: { ...draft.mine, ...values } })),
    /** Begins again with what is stored now. */
    startOver: (stored: T) => setDraft({ base: stored, mine: stored }),
    /** Puts the changes on top of what somebody else has stored meanwhile. */
    rebase: (stored: T): Merged<T> => {
      const merged = mergeChanges(base, mine, stored);
      setDraft({ base: stored, mine: merged.values });
      return merged;
    },
  };
}
