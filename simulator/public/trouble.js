import { api, byId, element, showingProblem } from './api.js';
import { t } from './texts.js';

const SLOW_MS = 3_000;
const CALLS = 3;
const FLAGS = ['together', 'wrongSignature', 'outOfOrder', 'timedOut', 'lost'];
const MENUS = ['rest-trouble', 'reply-trouble', 'callback-trouble'];

export function startTrouble() {
  const form = byId('trouble');
  form.addEventListener('change', () => showingProblem(byId('trouble-problem'), set));
  form.addEventListener('submit', (event) => event.preventDefault());
  byId('trouble-off').addEventListener('click', async () => {
    await showingProblem(byId('trouble-problem'), () => api('DELETE', 'trouble'));
    byId('body').focus();
  });
}

function set() {
  const [rest, reply, callbacks] = MENUS.map((id) => byId(id).value);
  const isOn = (name) => byId(`text-${name}`).checked;
  return api('PUT', 'trouble', {
    texts: {
      times: isOn('twice') || isOn('together') ? 2 : 1,
      delayMs: isOn('late') ? Number(byId('late-seconds').value) * 1_000 : 0,
      ...Object.fromEntries(FLAGS.map((name) => [name, isOn(name)])),
    },
    rest: /^\d+$/.test(rest) ? [{ status: Number(rest), times: CALLS }] : [],
    slowMs: rest === 'slow' ? SLOW_MS : 0,
    // 21610 is refused at once; the other two fail later, on delivery.
    sendErrors: reply === '21610' ? { code: 21610, times: CALLS } : undefined,
    deliveryFails: reply && reply !== '21610' ? { code: Number(reply) } : undefined,
    callbacks: callbacks ? { [callbacks]: true } : {},
  });
}

/** Shows the current trouble, which may run out or be set elsewhere. */
export async function showTrouble() {
  const trouble = await api('GET', 'trouble');
  const { texts, rest, slowMs, sendErrors, deliveryFails, callbacks } = trouble;
  byId('text-twice').checked = texts.times > 1 && !texts.together;
  byId('text-late').checked = texts.delayMs > 0;
  if (texts.delayMs > 0) byId('late-seconds').value = texts.delayMs / 1_000;
  for (const name of FLAGS) byId(`text-${name}`).checked = texts[name];
  const next = rest.find(({ times }) => times > 0);
  byId('rest-trouble').value = next ? String(next.status) : slowMs ? 'slow' : '';
  byId('reply-trouble').value = String((sendErrors?.times && sendErrors.code) || (deliveryFails?.code ?? ''));
  byId('callback-trouble').value = Object.keys(callbacks).find((name) => callbacks[name] === true) ?? '';
  showWhatIsOn(trouble);
}

function showWhatIsOn(trouble) {
  const on = namesOf(trouble);
  byId('trouble-on').hidden = on.length === 0;
  byId('trouble-list').replaceChildren(...on.map((name) => element('li', {}, name)));
}

function namesOf({ texts, rest, slowMs, send, sendErrors, deliveryFails, callbacks }) {
  const left = rest.filter(({ times }) => times > 0);
  return [
    texts.times > 1 && !texts.together && t('trouble.twice'),
    texts.delayMs > 0 && t('trouble.lateBy', { seconds: texts.delayMs / 1_000 }),
    ...FLAGS.map((name) => texts[name] && t(`trouble.${name}`)),
    ...left.map(({ status, times }) => t('trouble.nextCalls', { count: times, status: String(status) })),
    slowMs > 0 && t('trouble.slow', { seconds: slowMs / 1_000 }),
    sendErrors?.times > 0 && t('trouble.nextReplies', { count: sendErrors.times, code: String(sendErrors.code) }),
    deliveryFails && t('trouble.repliesFail', { code: String(deliveryFails.code) }),
    ...Object.keys(callbacks).map((name) => callbacks[name] && t(`trouble.callbacks.${name}`)),
    Object.values(send).some((one) => one?.times > 0) && t('trouble.sending'),
  ].filter(Boolean);
}
