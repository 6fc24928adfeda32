import { useEffect } from 'react';
import { type Operation, queryClient, refresh } from '../api/query-client.ts';
import { watched } from '../ui/watched.ts';
import { gather } from './gather.ts';

export type LiveState = 'connecting' | 'live' | 'offline';

export interface LiveEvent {
  id: string;
  type: string;
  contactId: string;
  version: number;
}

const TYPES = [
  'contact.created',
  'contact.message',
  'contact.accepted',
  'contact.transferred',
  'contact.updated',
  'contact.closed',
  'contact.reopened',
  'message.status',
  'message.media',
];
const OF_LISTS: Operation[] = ['contactsList', 'contactsCount', 'entryPointTrafficList'];
const OF_ONE: Operation[] = [
  'contactsGet',
  'contactsListMessages',
  'contactNotesList',
  'contactsListEarlier',
  'optOutsList',
];
/** What there is of entry points, but for what Twilio would have to be asked. */
const OF_ENTRY_POINTS: Operation[] = [
  'channelSwitchGet',
  'entryPointsList',
  'entryPointsGet',
  'entryPointTrafficList',
  'campaignsList',
  'campaignsGet',
];
const GATHER_MS = 150;
/** Browsers come back to a stream that broke; one that was refused, as by a proxy, they give up. */
const REOPEN_MS = 3_000;

const state = watched<LiveState>('connecting');
const listeners = new Set<(event: LiveEvent) => void>();

/** Whether the console hears of what happens. */
export const useLiveState = (): LiveState => state.use();

/** Calls back for each event, such as to sound for a new contact. */
export function useLiveEvent(listener: (event: LiveEvent) => void): void {
  useEffect(() => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, [listener]);
}

/**
 * Hears the service's events while the component is there. An event is a hint: what it is about is read again, in one go
 * for all that come together; after the line was cut, everything is.
 */
export function useLiveEvents(): void {
  useEffect(() => {
    const contacts = gather<string>(GATHER_MS, (ids) => {
      refresh(OF_LISTS);
      for (const id of ids) refresh(OF_ONE, id);
    });
    let reopening: ReturnType<typeof setTimeout> | undefined;
    let wasCut = false;
    let source: EventSource | undefined;
    const hear = ({ data }: MessageEvent<string>): void => {
      const event = JSON.parse(data) as LiveEvent;
      contacts.add(event.contactId);
      for (const listener of listeners) listener(event);
    };
    const hearNoMore = (): void => {
      wasCut = true;
      state.set('offline');
    };
    const close = (): void => {
      clearTimeout(reopening);
      source?.close();
    };
    const open = (): void => {
      close();
      source = new EventSource('/api/v1/events/stream');
      source.onopen = () => {
        state.set('live');
        if (wasCut) void queryClient.invalidateQueries();
        wasCut = false;
      };
      source.onerror = () => {
        hearNoMore();
        if (source?.readyState !== EventSource.CLOSED) return;
        // Refused perhaps because the session has ended.
        void queryClient.invalidateQueries({ queryKey: ['session'] });
        reopening = setTimeout(open, REOPEN_MS);
      };
      for (const type of TYPES) source.addEventListener(type, hear);
      source.addEventListener('entry-points.changed', () => refresh(OF_ENTRY_POINTS));
      source.addEventListener('events.pruned', () => void queryClient.invalidateQueries());
    };
    // Without a network a stream may seem to be there for long.
    const loseNetwork = (): void => {
      close();
      hearNoMore();
    };
    open();
    window.addEventListener('offline', loseNetwork);
    window.addEventListener('online', open);
    return () => {
      window.removeEventListener('offline', loseNetwork);
      window.removeEventListener('online', open);
      contacts.stop();
      close();
    };
  }, []);
}
