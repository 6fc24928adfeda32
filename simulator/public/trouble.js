import { api, byId, showingProblem } from './api.js';

const SLOW_MS = 3_000;
const CALLS = 3;
const menus = ['rest-trouble', 'delivery-trouble', 'callback-trouble'];

export function startTrouble() {
  for (const id of menus) byId(id).addEventListener('change', () => showingProblem(byId('send-problem'), set));
}

function set() {
  const [rest, delivery, callbacks] = menus.map((id) => byId(id).value);
  return api('PUT', 'trouble', {
    rest: /^\d+$/.test(rest) ? [{ status: Number(rest), times: CALLS }] : [],
    slowMs: rest === 'slow' ? SLOW_MS : 0,
    deliveryFails: delivery ? { code: Number(delivery) } : null,
    callbacks: callbacks ? { [callbacks]: true } : {},
  });
}

/** Somebody else may have set it, and what was asked for runs out. */
export async function showTrouble() {
  const { rest, slowMs, deliveryFails, callbacks } = await api('GET', 'trouble');
  const next = rest.find(({ times }) => times > 0);
  byId('rest-trouble').value = next ? String(next.status) : slowMs ? 'slow' : '';
  byId('delivery-trouble').value = deliveryFails ? String(deliveryFails.code) : '';
  byId('callback-trouble').value = Object.keys(callbacks).find((name) => callbacks[name]) ?? '';
}
