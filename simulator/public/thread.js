import { api, byId, clock, element } from './api.js';
import { chosenPhone } from './phones.js';

let shown = '';

export async function showThread() {
  const phone = chosenPhone();
  const { messages } = await api('GET', `phones/${encodeURIComponent(phone)}/messages?limit=200`);
  const state = JSON.stringify([phone, messages]);
  if (state === shown) return;
  shown = state;
  const thread = byId('thread');
  const atTheEnd = thread.scrollHeight - thread.scrollTop - thread.clientHeight < 60;
  thread.replaceChildren(...messages.map(present));
  if (!messages.length) thread.append(element('li', { className: 'empty' }, 'No messages yet. Write one below.'));
  if (atTheEnd) thread.scrollTop = thread.scrollHeight;
}

function present(message) {
  const mine = message.direction === 'inbound';
  const failed = message.status === 'failed' || message.status === 'undelivered';
  return element(
    'li',
    { className: `${mine ? 'mine' : 'theirs'}${failed ? ' failed' : ''}` },
    message.body ? element('span', { className: 'bubble' }, message.body) : undefined,
    // A picture elsewhere is a link: the page itself asks nobody but the simulator.
    ...message.media.map(({ url, contentType }) =>
      contentType.startsWith('image/') && url.startsWith('/')
        ? element('img', { src: url, alt: 'Picture' })
        : element('a', { href: url }, contentType),
    ),
    ...(mine ? outcomesOf(message) : [statusOf(message)]),
  );
}

function outcomesOf({ deliveries, to, at }) {
  const head = element('span', { className: 'outcome' }, `${clock(at)} to ${to}`);
  if (!deliveries.length) return [head, element('span', { className: 'outcome' }, 'not delivered (yet)')];
  return [head, ...deliveries.map(outcomeOf)];
}

/** In words: what the webhook said, and how it was signed. */
function outcomeOf({ status, ms, signature, attempts, error, fallback }) {
  const good = status >= 200 && status < 300 && !error;
  const wrong = signature === 'wrong';
  const parts = [
    status ? `${status} in ${ms} ms` : 'no answer',
    meaningOf(status, wrong),
    wrong ? 'signed wrongly' : good ? 'signature ok' : '',
    attempts > 1 ? `${attempts} attempts` : '',
    error ?? '',
    fallback ? `fallback ${fallback.status || fallback.error}` : '',
  ];
  return element(
    'span',
    { className: `outcome ${good === !wrong ? 'good' : 'bad'}` },
    parts.filter(Boolean).join(' · '),
  );
}

function meaningOf(status, wrong) {
  if (status === 404) return 'nobody took it';
  if (status === 403) return wrong ? 'refused, as it should be' : 'signature refused';
  return status >= 500 ? 'the service failed' : '';
}

function statusOf({ at, from, status, errorCode, errorMessage }) {
  const failed = errorCode ? ` · ${errorCode} ${errorMessage ?? ''}` : '';
  const className = errorCode ? 'outcome bad' : 'outcome';
  return element('span', { className }, `${clock(at)} from ${from ?? 'a Messaging Service'} · ${status}${failed}`);
}
