import { api, byId, element } from './api.js';
import { consoleLink } from './frame.js';
import { openResend } from './resend.js';
import { clock, t } from './texts.js';

const MAX_SHOWN = 60;
const COPIED_NOTICE_MS = 1_500;
let shown = '';

export const startWire = () => byId('wire-direction').addEventListener('change', showWire);

export async function showWire() {
  const direction = byId('wire-direction').value;
  const { requests } = await api('GET', `requests?limit=${MAX_SHOWN}${direction && `&direction=${direction}`}`);
  const state = `${direction} ${requests.at(-1)?.id}`;
  if (state === shown) return;
  shown = state;
  const list = byId('wire');
  const kept = new Map([...list.children].map((item) => [item.dataset.id, item]));
  // Entries never change, so existing ones are kept: an open one stays open, and a focused one keeps the focus.
  list.replaceChildren(...requests.toReversed().map((request) => kept.get(String(request.id)) ?? present(request)));
  if (!requests.length) list.append(element('li', { className: 'empty' }, t('wire.empty')));
}

function present(request) {
  const { id, at, direction, method, url, status, ms, error, messageSid } = request;
  const { pathname, search } = new URL(url);
  const isAccepted = status >= 200 && status < 400;
  // A request with a wrong signature is meant to be refused.
  const isGood = isAccepted === (request.signature !== 'wrong');
  const outcome = status ? t('answered', { status: String(status), ms }) : t('wire.noAnswer', { error });
  return element(
    'li',
    { dataset: { id } },
    element(
      'div',
      { className: 'wire-line' },
      `${clock(at)} ${t(direction === 'in' ? 'wire.rest' : 'wire.webhook')} ${method} ${pathname}${search}`,
    ),
    element(
      'span',
      { className: `outcome ${isGood ? 'good' : 'bad'}` },
      [outcome, verdictOf(request, isAccepted)].filter(Boolean).join(' · '),
    ),
    messageSid ? element('span', { className: 'outcome' }, messageSid) : undefined,
    element(
      'details',
      {},
      element('summary', {}, t('wire.details')),
      parametersOf(request),
      element('pre', {}, [...headerLines(request), '', request.responseBody].join('\n').trim()),
      element('div', { className: 'actions' }, ...actionsOf(request)),
    ),
  );
}

function verdictOf({ direction, signature }, isAccepted) {
  if (direction === 'in') return '';
  if (signature === 'wrong') return t('signature.wrong');
  return t(isAccepted ? 'signature.ok' : 'signature.right');
}

function parametersOf({ body, url, method }) {
  const fields = [...new URLSearchParams(method === 'GET' ? new URL(url).search : body)];
  if (!fields.length) return undefined;
  return element(
    'dl',
    { className: 'parameters' },
    ...fields.flatMap(([name, value]) => [element('dt', {}, name), element('dd', { dir: 'auto' }, value || '–')]),
  );
}

const headerLines = ({ headers }) => Object.entries(headers).map(([name, value]) => `${name}: ${value}`);

function actionsOf(request) {
  const { direction, body, messageSid, curl } = request;
  const fields = new URLSearchParams(body);
  const isText = direction === 'out' && fields.get('SmsStatus') === 'received';
  return [
    copyButton(curl),
    direction === 'out' &&
      element('button', { type: 'button', onclick: () => openResend(request) }, t('resend.action')),
    isText && consoleLink('activity', { twilioMessageSid: messageSid }, t('openTrace')),
    isText && consoleLink('desk', { tab: 'all', customer: fields.get('From') }, t('openDesk')),
  ].filter(Boolean);
}

function copyButton(curl) {
  const button = element('button', { type: 'button' }, t('wire.copy'));
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(curl);
    button.textContent = t('wire.copied');
    setTimeout(() => (button.textContent = t('wire.copy')), COPIED_NOTICE_MS);
  });
  return button;
}
