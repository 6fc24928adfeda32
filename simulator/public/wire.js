import { api, byId, clock, element } from './api.js';

const MOST_SHOWN = 60;
let shown = '';

export const startWire = () => byId('wire-direction').addEventListener('change', showWire);

export async function showWire() {
  const direction = byId('wire-direction').value;
  const { requests } = await api('GET', `requests?limit=${MOST_SHOWN}${direction && `&direction=${direction}`}`);
  const state = `${direction} ${requests.at(-1)?.id}`;
  if (state === shown) return;
  shown = state;
  const list = byId('wire');
  const kept = new Map([...list.children].map((item) => [item.dataset.id, item]));
  // An entry never changes: one that is open, or has the focus, stays as it is.
  list.replaceChildren(...requests.toReversed().map((request) => kept.get(String(request.id)) ?? present(request)));
  if (!requests.length) list.append(element('li', { className: 'empty' }, 'No requests yet.'));
}

function present({
  id,
  at,
  direction,
  method,
  url,
  headers,
  body,
  status,
  ms,
  error,
  responseBody,
  messageSid,
  signature,
  curl,
}) {
  const { pathname, search } = new URL(url);
  const good = status >= 200 && status < 400;
  const outcome = status ? `${status} in ${ms} ms` : `no answer: ${error}`;
  const signed =
    direction === 'in'
      ? ''
      : signature === 'wrong'
        ? ' · signed wrongly'
        : good
          ? ' · signature ok'
          : ' · signed rightly';
  return element(
    'li',
    { dataset: { id } },
    element(
      'div',
      { className: 'wire-line' },
      `${clock(at)} ${direction === 'in' ? '→ REST' : '← webhook'} ${method} ${pathname}${search}`,
    ),
    element('span', { className: `outcome ${good ? 'good' : 'bad'}` }, outcome + signed),
    messageSid ? element('span', { className: 'outcome' }, messageSid) : undefined,
    element(
      'details',
      {},
      element('summary', {}, 'Details'),
      element('pre', {}, [...lines(headers), '', ...fieldsOf(body), '', responseBody].join('\n')),
      copyButton(curl),
    ),
  );
}

const lines = (headers) => Object.entries(headers).map(([name, value]) => `${name}: ${value}`);

const fieldsOf = (body) => [...new URLSearchParams(body)].map(([name, value]) => `${name} = ${value}`);

function copyButton(curl) {
  const button = element('button', { type: 'button' }, 'Copy as curl');
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(curl);
    button.textContent = 'Copied';
    setTimeout(() => (button.textContent = 'Copy as curl'), 1_500);
  });
  return button;
}
