/** What is attacked: the service, and what there is in it. */
export interface Target {
  url: string;
  campaignId: string;
  contactId: string;
  email: string;
  password: string;
}

/** Runs in a page of another origin while somebody is signed in; gives what it could read, or null. */
export type Attack = (target: Target) => Promise<string | null>;

/** What a script of the page fetches. */
export interface FetchAttack {
  options: Pick<RequestInit, 'mode' | 'method'> & { headers?: Record<string, string>; body?: string };
  path: string;
}

export interface FormAttack {
  encoding: string;
  path: string;
}

/** Forms, which need nobody's leave to post. */
export const FORMS: FormAttack[] = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'].flatMap(
  (encoding) =>
    [
      '/api/v1/campaigns',
      '/api/v1/contacts/CONTACT/accept',
      '/api/v1/contacts/CONTACT/messages',
      '/api/v1/session',
      '/api/v1/session?_method=DELETE',
    ].map((path) => ({ encoding, path })),
);

/** Posts it into a frame of the page; what came of it is in the frame. */
export function postForm({ action, encoding, email, password }: Target & { action: string; encoding: string }): void {
  // As text/plain it is JSON: {"name":"stolen","x":"="}
  const fields =
    encoding === 'text/plain'
      ? { '{"name":"stolen","languages":["en"],"agentId":"stolen","body":"stolen","x":"': '"}' }
      : { name: 'stolen', languages: 'en', agentId: 'stolen', body: 'stolen', _method: 'DELETE', email, password };
  document.body.innerHTML = '<iframe name="answer"></iframe>';
  const form = document.createElement('form');
  form.setAttribute('action', action);
  form.setAttribute('method', 'post');
  form.setAttribute('enctype', encoding);
  form.setAttribute('target', 'answer');
  for (const [name, value] of Object.entries(fields)) {
    form.append(Object.assign(document.createElement('input'), { name, value }));
  }
  document.body.append(form);
  HTMLFormElement.prototype.submit.call(form);
}

/** Of the frame, as far as the page may look. */
export function readFrame(): string | null {
  try {
    return document.querySelector('iframe')!.contentDocument!.documentElement.textContent;
  } catch {
    return null;
  }
}

/** Fetches as a script may: what it can read is what it gives. */
export async function fetchAs({
  url,
  campaignId,
  contactId,
  path,
  options,
}: Target & FetchAttack): Promise<string | null> {
  const place = path.replace('CONTACT', contactId).replace('CAMPAIGN', campaignId);
  try {
    const answer = await fetch(url + place, { credentials: 'include', ...options });
    return answer.type === 'opaque' ? null : `${answer.status} ${await answer.text()}`;
  } catch {
    return null;
  }
}

const STOLEN = JSON.stringify({ name: 'stolen', languages: ['en'], agentId: 'stolen', body: 'stolen' });
const JSON_TYPE = { 'Content-Type': 'application/json' };
const TEXT_TYPE = { 'Content-Type': 'text/plain' };

export const SCRIPTS: Record<string, Attack | FetchAttack> = {
  ...Object.fromEntries(
    (['cors', 'no-cors'] as const).flatMap((mode) =>
      [TEXT_TYPE, JSON_TYPE].flatMap((headers) =>
        ['campaigns', 'contacts/CONTACT/accept', 'contacts/CONTACT/close', 'session'].map((path) => [
          `fetch, ${mode}, ${headers['Content-Type']}, POST ${path}`,
          { options: { mode, method: 'POST', headers, body: STOLEN }, path: `/api/v1/${path}` },
        ]),
      ),
    ),
  ),
  'fetch, PATCH': {
    options: { method: 'PATCH', headers: JSON_TYPE, body: STOLEN },
    path: '/api/v1/campaigns/CAMPAIGN',
  },
  'fetch, PUT': { options: { method: 'PUT', headers: JSON_TYPE, body: '{}' }, path: '/api/v1/consumers/stolen' },
  'fetch, DELETE': { options: { method: 'DELETE' }, path: '/api/v1/campaigns/CAMPAIGN' },
  'fetch, DELETE of the session': { options: { method: 'DELETE' }, path: '/api/v1/session?everywhere=true' },
  'fetch, the method in a header': {
    options: { method: 'POST', headers: { 'X-HTTP-Method-Override': 'DELETE' } },
    path: '/api/v1/campaigns/CAMPAIGN',
  },
  ...Object.fromEntries(
    ['cors', 'no-cors', 'same-origin'].flatMap((mode) =>
      ['session', 'contacts', 'contacts/CONTACT/messages', 'users', 'audit-log', 'events'].map((path) => [
        `fetch, ${mode}, GET ${path}`,
        { options: { mode: mode as RequestMode }, path: `/api/v1/${path}` },
      ]),
    ),
  ),
  XMLHttpRequest: ({ url }) =>
    new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.open('GET', `${url}/api/v1/contacts`);
      request.withCredentials = true;
      request.onload = () => resolve(request.responseText);
      request.onerror = () => resolve(null);
      request.send();
    }),
  'a beacon': async ({ url, contactId }) => {
    const body = '{"agentId":"stolen"}';
    navigator.sendBeacon(`${url}/api/v1/contacts/${contactId}/accept`, body);
    navigator.sendBeacon(`${url}/api/v1/contacts/${contactId}/accept`, new Blob([body], { type: 'application/json' }));
    return null;
  },
  'the stream of events': ({ url }) =>
    new Promise((resolve) => {
      const stream = new EventSource(`${url}/api/v1/events/stream`, { withCredentials: true });
      stream.onopen = () => resolve('opened');
      stream.onerror = () => {
        stream.close();
        resolve(null);
      };
    }),
  'a WebSocket': ({ url }) =>
    new Promise((resolve) => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v1/events/stream`);
      socket.onopen = () => resolve('opened');
      socket.onerror = () => resolve(null);
    }),
  'a frame': ({ url }) =>
    new Promise((resolve) => {
      const frame = document.createElement('iframe');
      frame.src = `${url}/desk`;
      frame.onload = () => {
        try {
          resolve(frame.contentDocument!.documentElement.innerText);
        } catch {
          resolve(null);
        }
      };
      document.body.append(frame);
    }),
  'a frame in a sandbox': ({ url }) =>
    new Promise((resolve) => {
      const frame = document.createElement('iframe');
      frame.setAttribute('sandbox', 'allow-scripts allow-forms');
      frame.srcdoc = `<script>fetch('${url}/api/v1/contacts', { credentials: 'include' }).then((a) => a.text())
        .then((text) => parent.postMessage(text, '*'), () => parent.postMessage(null, '*'))</script>`;
      addEventListener('message', ({ data }) => resolve(data as string | null), { once: true });
      document.body.append(frame);
    }),
  'an answer as a script': ({ url }) =>
    new Promise((resolve) => {
      const script = document.createElement('script');
      script.src = `${url}/api/v1/contacts`;
      script.onload = () => resolve('loaded');
      script.onerror = () => resolve(null);
      document.body.append(script);
    }),
  'an answer as a style': ({ url }) =>
    new Promise((resolve) => {
      const link = document.createElement('link');
      link.rel = 'stylesheet';
      link.href = `${url}/api/v1/contacts`;
      link.onload = () => resolve(link.sheet === null ? null : 'loaded');
      link.onerror = () => resolve(null);
      document.head.append(link);
    }),
  'the source of the console as a module': ({ url }) =>
    import(`${url}/api/v1/contacts`).then(
      () => 'loaded',
      () => null,
    ),
  'a window that is opened': ({ url }) =>
    new Promise((resolve) => {
      const opened = window.open(`${url}/desk`);
      const look = (): void => {
        try {
          const text = opened!.document.documentElement.innerText;
          if (opened!.location.href !== 'about:blank') return resolve(text);
        } catch {
          return resolve(null);
        }
        // Cut off from it, a page is told that it is closed.
        if (opened!.closed) return resolve(null);
        setTimeout(look, 50);
      };
      look();
    }),
};
