import { api, byId, element } from './api.js';
import { consoleLink } from './frame.js';
import { chosenPhone } from './phones.js';
import { clock, hasText, t } from './texts.js';

let shown = '';

export async function showThread() {
  const phone = chosenPhone();
  const { messages } = await api('GET', `phones/${encodeURIComponent(phone)}/messages?limit=200`);
  const state = JSON.stringify([phone, messages]);
  if (state === shown) return;
  shown = state;
  const thread = byId('thread');
  const isAtTheEnd = thread.scrollHeight - thread.scrollTop - thread.clientHeight < 60;
  thread.replaceChildren(...messages.map(present));
  if (!messages.length) thread.append(element('li', { className: 'empty' }, t('thread.empty')));
  if (isAtTheEnd) thread.scrollTop = thread.scrollHeight;
}

function present(message) {
  const isMine = message.direction === 'inbound';
  const hasFailed = message.status === 'failed' || message.status === 'undelivered';
  return element(
    'li',
    { className: `${isMine ? 'mine' : 'theirs'}${hasFailed ? ' failed' : ''}` },
    message.body ? element('span', { className: 'bubble', dir: 'auto' }, message.body) : undefined,
    // A picture on another server is a link: the page itself requests nothing except from the simulator.
    ...message.media.map(({ url, contentType }) =>
      contentType.startsWith('image/') && url.startsWith('/')
        ? element('img', { src: url, alt: t('thread.picture') })
        : element('a', { href: url, target: '_blank', rel: 'noreferrer' }, contentType),
    ),
    ...(isMine ? outcomesOf(message) : [statusOf(message)]),
  );
}

function outcomesOf({ deliveries, to, at, messageSid }) {
  const head = element('span', { className: 'outcome' }, t('thread.to', { at: clock(at), number: to }));
  if (!deliveries.length) return [head, element('span', { className: 'outcome' }, t('thread.notDelivered'))];
  const isAccepted = deliveries.some(({ status }) => status >= 200 && status < 300);
  const trace = isAccepted && consoleLink('activity', { twilioMessageSid: messageSid }, t('openTrace'));
  return [head, ...deliveries.map(outcomeOf), trace && element('span', { className: 'outcome' }, trace)].filter(
    Boolean,
  );
}

/** A line that says how the webhook answered and whether the signature was right. */
function outcomeOf({ status, ms, signature, attempts, error, fallback }) {
  const isGood = status >= 200 && status < 300 && !error;
  const isForged = signature === 'wrong';
  const parts = [
    status ? t('answered', { status: String(status), ms: Math.round(ms) }) : t('thread.noAnswer'),
    meaningOf(status, isForged),
    isForged ? t('signature.wrong') : isGood ? t('signature.ok') : '',
    attempts > 1 ? t('thread.attempts', { count: attempts }) : '',
    error ?? '',
    fallback ? t('thread.fallback', { outcome: String(fallback.status || fallback.error) }) : '',
  ];
  return element(
    'span',
    { className: `outcome ${isGood === !isForged ? 'good' : 'bad'}` },
    parts.filter(Boolean).join(' · '),
  );
}

function meaningOf(status, isForged) {
  if (status === 404) return t('thread.notFound');
  if (status === 403) return t(isForged ? 'thread.refusedAsExpected' : 'thread.refused');
  return status >= 500 ? t('thread.failed') : '';
}

function statusOf({ at, from, status, errorCode, errorMessage }) {
  const parts = [
    t('thread.from', { at: clock(at), number: from ?? t('thread.service') }),
    hasText(`status.${status}`) ? t(`status.${status}`) : status,
    errorCode && `${errorCode} ${errorMessage ?? ''}`,
  ];
  return element('span', { className: errorCode ? 'outcome bad' : 'outcome' }, parts.filter(Boolean).join(' · '));
}
