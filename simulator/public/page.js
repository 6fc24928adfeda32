import { showAccount, startAccount } from './account.js';
import { byId } from './api.js';
import { showBursts, startBurst } from './burst.js';
import { startCompose } from './compose.js';
import { startFrame } from './frame.js';
import { startMenus } from './menus.js';
import { readAccount, showNumbers, startNumbers } from './numbers.js';
import { showPhones, startPhones } from './phones.js';
import { startResend } from './resend.js';
import { startScenarios } from './scenarios.js';
import { fillPage, t } from './texts.js';
import { showThread } from './thread.js';
import { showTrouble, startTrouble } from './trouble.js';
import { showWire, startWire } from './wire.js';

// The account comes first, since the links of the others depend on its webhooks.
const shows = {
  account: async () => {
    const account = await readAccount();
    showNumbers(account);
    showAccount(account);
  },
  messages: async () => {
    await showPhones();
    await showThread();
  },
  requests: showWire,
  trouble: showTrouble,
  bursts: showBursts,
};

// One refresh per topic at a time; a change during it causes another one right after.
const running = new Map();

async function refresh(topic) {
  if (running.has(topic)) return running.set(topic, 'again');
  running.set(topic, 'once');
  await shows[topic]().catch((error) => console.error(error));
  const again = running.get(topic) === 'again';
  running.delete(topic);
  if (again) await refresh(topic);
}

fillPage();
// New alerts are not on the stream, so opening the account view refreshes it.
startFrame(() => refresh('account'));
startMenus();
startPhones(() => refresh('messages'));
startNumbers();
startCompose();
startTrouble();
startBurst();
startScenarios();
startWire();
startResend();
startAccount();

const connection = byId('connection');
connection.textContent = t('connection.connecting');
const stream = new EventSource('/sim/v1/stream');
stream.onopen = async () => {
  connection.textContent = t('connection.live');
  connection.classList.remove('problem');
  await refresh('account');
  Object.keys(shows).forEach(refresh);
};
stream.onerror = () => {
  connection.textContent = t('connection.lost');
  connection.classList.add('problem');
};
stream.addEventListener('change', (event) => JSON.parse(event.data).forEach(refresh));
