import { byId } from './api.js';
import { startBurst } from './burst.js';
import { showNumbers, startCompose } from './compose.js';
import { showPhones, startPhones } from './phones.js';
import { showThread } from './thread.js';
import { showTrouble, startTrouble } from './trouble.js';
import { showWire, startWire } from './wire.js';

const shows = {
  messages: async () => {
    await showPhones();
    await showThread();
  },
  account: showNumbers,
  requests: showWire,
  trouble: showTrouble,
  bursts: async () => {},
};

// One refresh of a kind at a time; what changes meanwhile is shown right after it.
const running = new Map();

function refresh(topic) {
  if (running.has(topic)) return running.set(topic, 'again');
  running.set(topic, 'once');
  shows[topic]()
    .catch((error) => console.error(error))
    .finally(() => {
      const again = running.get(topic) === 'again';
      running.delete(topic);
      if (again) refresh(topic);
    });
}

startPhones(() => refresh('messages'));
startCompose();
startBurst();
startTrouble();
startWire();

const stream = new EventSource('/sim/v1/stream');
stream.onopen = () => {
  byId('connection').textContent = 'Live';
  Object.keys(shows).forEach(refresh);
};
stream.onerror = () => (byId('connection').textContent = 'The simulator does not answer; trying again…');
stream.addEventListener('change', (event) => JSON.parse(event.data).forEach(refresh));
