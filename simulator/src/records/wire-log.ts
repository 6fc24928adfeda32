import { Ring } from './ring.ts';

export interface WireEntry {
  id: number;
  at: number;
  /** `in`: a request to Twilio's REST API or CDN. `out`: a webhook call by Twilio. */
  direction: 'in' | 'out';
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
  /** 0 if there was no answer. */
  status: number;
  ms: number;
  responseBody: string;
  error?: string;
  messageSid?: string;
  signature?: 'right' | 'wrong';
}

const CAPACITY = 2_000;
const MAX_BODY_LENGTH = 4_000;

/** All requests to and from Twilio. Credentials are masked before they are logged. */
export class WireLog {
  readonly #ring = new Ring<WireEntry>(CAPACITY);
  #lastId = 0;
  onChange: () => void = () => {};

  add(entry: Omit<WireEntry, 'id'>) {
    const responseBody =
      entry.responseBody.length > MAX_BODY_LENGTH ? truncate(entry.responseBody) : entry.responseBody;
    this.#ring.add({ id: ++this.#lastId, ...entry, responseBody });
    this.onChange();
  }

  find(id: number): WireEntry | undefined {
    return this.#ring.list().find((entry) => entry.id === id);
  }

  list(filter: { direction?: string; path?: string; messageSid?: string; afterId?: number } = {}): WireEntry[] {
    return this.#ring
      .list()
      .filter(
        (entry) =>
          entry.id > (filter.afterId ?? 0) &&
          (!filter.direction || entry.direction === filter.direction) &&
          (!filter.path || entry.url.includes(filter.path)) &&
          (!filter.messageSid || entry.messageSid === filter.messageSid),
      );
  }
}

const truncate = (text: string) => `${text.slice(0, MAX_BODY_LENGTH)}… (${text.length} characters)`;

/** A shell command that repeats the request; for REST calls it expects the credentials in the environment. */
export function asCurl(entry: WireEntry): string {
  const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
  const { authorization, ...headers } = entry.headers;
  return [
    `curl -i -X ${entry.method}`,
    quote(entry.url),
    ...(authorization ? ['-u "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN"'] : []),
    ...Object.entries(headers).map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    ...(entry.body ? [`--data-raw ${quote(entry.body)}`] : []),
  ].join(' ');
}
