import { useCallback, useState } from 'react';
import { draftsIn } from './draft-storage.ts';

const drafts = draftsIn(sessionStorage);

/** What the agent has begun to write to a contact; it stays while the tab does. Give each contact a component of its own. */
export function useDraft(agentId: string, contactId: string): [string, (text: string) => void] {
  const [text, setText] = useState(() => drafts.read(agentId, contactId));
  const keep = useCallback(
    (next: string) => {
      setText(next);
      drafts.keep(agentId, contactId, next);
    },
    [agentId, contactId],
  );
  return [text, keep];
}
