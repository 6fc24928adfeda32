import { api, byId, showingProblem } from './api.js';

const POLL_MS = 250;

export function startBurst() {
  const form = byId('burst');
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const button = form.querySelector('button');
    button.disabled = true;
    await showingProblem(byId('burst-result'), run);
    button.disabled = false;
  });
}

async function run() {
  const count = Number(byId('burst-count').value);
  let burst = await api('POST', 'bursts', {
    count,
    customers: Math.min(count, Number(byId('burst-customers').value)),
    to: byId('number').value,
    trouble: {
      duplicateShare: Number(byId('burst-duplicates').value) / 100,
      shuffleShare: Number(byId('burst-shuffle').value) / 100,
    },
  });
  byId('burst-progress').hidden = false;
  show(burst);
  while (!burst.done) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    burst = await api('GET', `bursts/${burst.id}?perCustomer=false`);
    show(burst);
  }
}

function show({ count, sent, accepted, rejected, duplicates, done, acceptedPerSecond, latencyMs, durationMs }) {
  byId('burst-progress').value = sent / count;
  const counts = `${accepted} of ${count} accepted, ${rejected} rejected, ${duplicates} delivered again`;
  byId('burst-result').textContent = done
    ? `${counts}, in ${(durationMs / 1_000).toFixed(1)} s: ${acceptedPerSecond} per second, half of them within ${latencyMs.p50} ms.`
    : `${counts} …`;
}
