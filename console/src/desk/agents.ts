import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { agentsListOptions } from '../api/generated/@tanstack/react-query.gen.ts';
import { useUser } from '../session/session.ts';

const FRESH_MS = 300_000;

/** Who can be given a contact. */
export function useAgents() {
  const { data } = useQuery({ ...agentsListOptions(), staleTime: FRESH_MS });
  return { agents: data?.data ?? [] };
}

/** An agent by e-mail address; by the bare id when it is none of the console's users. */
export function useAgentName(): (agentId: string | null) => string {
  const { t } = useTranslation('desk');
  const { id } = useUser();
  const { agents } = useAgents();
  return (agentId) => {
    if (agentId === null) return t('agent.nobody');
    if (agentId === id) return t('agent.you');
    return agents.find((agent) => agent.id === agentId)?.email ?? agentId;
  };
}
