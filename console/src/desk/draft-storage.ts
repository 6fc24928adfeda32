const keyOf = (agentId: string, contactId: string): string => `sms-inbound.draft.${agentId}.${contactId}`;

/** What agents have begun to write: to each contact one draft of each agent. */
export const draftsIn = (storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) => ({
  read: (agentId: string, contactId: string): string => storage.getItem(keyOf(agentId, contactId)) ?? '',

  keep(agentId: string, contactId: string, text: string): void {
    const key = keyOf(agentId, contactId);
    if (text === '') storage.removeItem(key);
    else storage.setItem(key, text);
  },
});
