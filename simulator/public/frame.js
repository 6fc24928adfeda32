import { byId, element } from './api.js';

const asked = new URLSearchParams(location.search);
const isFramed = window.parent !== window;

/** `phone`: the phone alone, beside a screen of the console. `account`: Twilio's console. Else the phone and the wire. */
let view = asked.get('view') ?? 'all';
let consoleUrl = asked.get('console');

export function startFrame(whenShown) {
  const theme = asked.get('theme');
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
  // Kept in the address, so that a reload shows the same.
  if (view !== 'phone') {
    asked.set('view', view);
    history.replaceState(null, '', `?${asked}`);
  }
}

/** The number that the console asks the phone to text. */
export const askedNumber = asked.get('to');

/** Where the console is, unless it has said so itself: the webhooks lead there. */
export function findConsole(webhook) {
  consoleUrl ??= webhook && new URL(webhook).origin;
}

/** A link to a screen of the console: in this window when the console is around, else in its own. */
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
