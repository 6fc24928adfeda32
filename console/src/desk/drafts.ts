import { useCallback, useState } from 'react';

const keyOf = (agentId: string, contactId: string): string => `sms-inbound.draft.${agentId}.${contactId}`;

/** What the agent has begun to write to a contact; it stays while the tab does. Give each contact a component of its own. */
export function useDraft(agentId: string, contactId: string): [string, (text: string) => void] {
  const key = keyOf(agentId, contactId);
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? '');
  const keep = useCallback(
    (next: string) => {
      setText(next);
      if (next === '') sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, next);
    },
    [key],
  );
  return [text, keep];
}
