import { useQueries, useQuery } from '@tanstack/react-query';
import {
  campaignsListOptions,
  contactsListMessagesOptions,
  contactsListOptions,
  entryPointsListOptions,
  healthReportGetOptions,
  inboundSmsListOptions,
  telephonyGetOptions,
} from '../api/generated/@tanstack/react-query.gen.ts';
import { refresh } from '../api/query-client.ts';
import { useLiveEvent } from '../live/live-events.ts';

/** In the order in which they are taken. */
export const STEPS = ['database', 'twilio', 'campaign', 'entryPoint', 'webhook', 'sms', 'answer'] as const;
export type Step = (typeof STEPS)[number];

const readAnew = (): void => refresh(['inboundSmsList']);

/** Which of the first steps are taken, from what the service has; a reply or an SMS that comes ticks its step. */
export function useFirstSteps() {
  const health = useQuery(healthReportGetOptions());
  const telephony = useQuery({ ...telephonyGetOptions(), refetchOnMount: 'always' });
  const campaigns = useQuery({ ...campaignsListOptions({ query: { limit: 5 } }), refetchOnMount: 'always' });
  const entryPoints = useQuery({ ...entryPointsListOptions({ query: { limit: 100 } }), refetchOnMount: 'always' });
  const journal = useQuery({ ...inboundSmsListOptions({ query: { limit: 1 } }), refetchOnMount: 'always' });
  const answer = useAnswer();
  useLiveEvent(readAnew);
  const queries = [health, telephony, campaigns, entryPoints, journal, answer.contacts];
  const webhooks = entryPoints.data?.data ?? [];
  const taken: Record<Step, boolean> = {
    database: health.data?.checks.some(({ name, state }) => name === 'database' && state !== 'failing') ?? false,
    twilio: telephony.data?.state === 'connected',
    campaign: !!campaigns.data?.data.length,
    entryPoint: webhooks.length > 0,
    webhook: webhooks.some(({ webhook }) => webhook.state === 'set'),
    sms: !!journal.data?.data.length,
    answer: answer.isGiven,
  };
  return {
    taken,
    campaigns: campaigns.data?.data ?? [],
    entryPoints: webhooks,
    telephony: telephony.data,
    isPending: queries.some(({ isPending }) => isPending),
    failed: queries.find(({ isError, data }) => isError && data === undefined),
  };
}

/** Whether an agent has answered a contact: one of the latest that were accepted has a message of an agent. */
function useAnswer() {
  const contacts = useQuery({ ...contactsListOptions({ query: { limit: 50 } }), refetchOnMount: 'always' });
  const accepted = contacts.data?.data.filter(({ acceptedAt }) => acceptedAt !== null).slice(0, 5) ?? [];
  const threads = useQueries({
    queries: accepted.map(({ id }) => contactsListMessagesOptions({ path: { id }, query: { limit: 100 } })),
  });
  return { contacts, isGiven: threads.some(({ data }) => data?.data.some(({ origin }) => origin === 'agent')) };
}
