import { api, byId, showingProblem } from './api.js';
import { chosenNumber } from './numbers.js';
import { language, t } from './texts.js';

let current;

export function startBurst() {
  const form = byId('burst');
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    await showingProblem(byId('burst-problem'), async () => show(await api('POST', 'bursts', readForm())));
  });
  byId('burst-stop').addEventListener('click', () =>
    showingProblem(byId('burst-problem'), async () => show(await api('DELETE', `bursts/${current}`))),
  );
}

function readForm() {
  const number = (id) => Number(byId(id).value);
  const count = number('burst-count');
  return {
    count,
    customers: Math.min(count, number('burst-customers')),
    to: chosenNumber(),
    ratePerSecond: number('burst-rate') || undefined,
    trouble: {
      duplicateShare: number('burst-duplicates') / 100,
      shuffleShare: number('burst-shuffle') / 100,
      wrongSignatureShare: number('burst-forged') / 100,
    },
  };
}

/** Shows the newest burst, even one that was started elsewhere. */
export async function showBursts() {
  const [newest] = (await api('GET', 'bursts')).bursts;
  if (newest) show(newest);
}

function show(burst) {
  const { id, count, sent, accepted, rejected, duplicates, forged, done, acceptedPerSecond, latencyMs } = burst;
  current = id;
  byId('burst-send').disabled = !done;
  byId('burst-stop').hidden = done;
  byId('burst-progress').hidden = false;
  byId('burst-progress').value = sent / count;
  const counts = { sent, accepted, 'duplicates-sent': duplicates, rejected, 'forged-sent': forged };
  byId('burst-counts').hidden = false;
  for (const [name, value] of Object.entries(counts))
    byId(`burst-${name}`).textContent = value.toLocaleString(language);
  // The text changes only once, so that a screen reader does not announce every count.
  byId('burst-result').textContent = done
    ? t('burst.done', { count: accepted, total: count, rate: acceptedPerSecond, ms: latencyMs.p50 })
    : t('burst.running');
}
