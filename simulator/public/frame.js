import { byId, element } from './api.js';

const query = new URLSearchParams(location.search);
const isFramed = window.parent !== window;

/** `phone`: only the phone, beside a screen of the console. `account`: Twilio's console. Otherwise everything else. */
let view = query.get('view') ?? 'all';
let consoleUrl = query.get('console');

export function startFrame(whenShown) {
  const theme = query.get('theme');
  if (theme) document.documentElement.dataset.theme = theme;
  for (const link of document.querySelectorAll('.views a')) {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      show(link.dataset.view);
      whenShown();
    });
  }
  show(view);
  document.addEventListener('keydown', (event) => {
    const isOurs = document.querySelector('dialog[open], details.menu[open]') !== null;
    if (event.key === 'Escape' && view === 'phone' && !isOurs) tellConsole({ close: true });
  });
}

function show(wanted) {
  view = wanted;
  document.body.dataset.view = view;
  byId('account').hidden = view !== 'account';
  byId('panes').hidden = view === 'account';
  for (const link of document.querySelectorAll('.views a')) {
    if (link.dataset.view === view) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  // The view is kept in the URL, so that a reload shows the same one.
  if (view !== 'phone') {
    query.set('view', view);
    history.replaceState(null, '', `?${query}`);
  }
}

/** The number that the console asks the phone to text. */
export const requestedNumber = query.get('to');

/** The webhooks show where the console is, unless the query names it. */
export function findConsole(webhook) {
  consoleUrl ??= webhook && new URL(webhook).origin;
}

/** Builds a link to a screen of the console. In a frame the console itself opens it, otherwise the console's own window. */
export function consoleLink(screen, search, text) {
  if (!consoleUrl) return undefined;
  const link = element(
    'a',
    { href: `${consoleUrl}/${screen}?${new URLSearchParams(search)}`, target: 'sms-inbound-console', rel: 'opener' },
    text,
  );
  if (isFramed) {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      tellConsole({ open: screen, search });
    });
  }
  return link;
}

function tellConsole(message) {
  if (isFramed) window.parent.postMessage(message, consoleUrl ?? '*');
}
