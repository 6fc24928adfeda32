import type { Api } from './api.ts';

export interface StreamedEvent {
  id: string;
  event: string;
  data: Record<string, unknown>;
}

export interface OpenStream {
  /** The events received so far. */
  events: StreamedEvent[];
  text: () => string;
  /** False once the service has ended the stream. */
  isOpen: () => boolean;
  close: () => void;
}

/** Opens `GET events/stream` and collects its events. */
export async function openEventStream(api: Api, headers: Record<string, string> = {}, query = ''): Promise<OpenStream> {
  const abort = new AbortController();
  const answer = await fetch(`${api.url}/api/v1/events/stream${query}`, {
    headers: { ...(api.key !== null && { Authorization: `Bearer ${api.key}` }), ...headers },
    signal: abort.signal,
  });
  if (!answer.ok) throw new Error(`The stream answered ${answer.status}: ${await answer.text()}`);
  const events: StreamedEvent[] = [];
  let text = '';
  let isOpen = true;
  const collect = async (): Promise<void> => {
    const decoder = new TextDecoder();
    for await (const chunk of answer.body!) {
      text += decoder.decode(chunk, { stream: true });
      const whole = text.split('\n\n').slice(0, -1);
      events.splice(0, events.length, ...whole.filter((block) => block.startsWith('id: ')).map(parse));
    }
  };
  collect()
    .catch((error: Error) => {
      // Node's fetch throws `terminated` when the other side closes the connection.
      if (error.name !== 'AbortError' && error.message !== 'terminated') throw error;
    })
    .finally(() => (isOpen = false));
  return { events, text: () => text, isOpen: () => isOpen, close: () => abort.abort() };
}

function parse(block: string): StreamedEvent {
  const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2))) as {
    id: string;
    event: string;
    data: string;
  };
  return { ...fields, data: JSON.parse(fields.data) as Record<string, unknown> };
}
