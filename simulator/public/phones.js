import { api, byId, element, showingProblem } from './api.js';

const KEPT = 'simulator.phone';
let chosen = localStorage.getItem(KEPT) ?? '';
let onChoose = () => {};

export const chosenPhone = () => chosen;

export function startPhones(whenChosen) {
  onChoose = whenChosen;
  byId('new-phone').addEventListener('submit', async (event) => {
    event.preventDefault();
    const field = byId('new-phone-number');
    await showingProblem(byId('new-phone-problem'), async () => {
      const phone = await api('POST', 'phones', { phoneNumber: field.value.replace(/[\s()-]/g, '') });
      field.value = '';
      await choose(phone.phoneNumber);
    });
  });
}

export async function showPhones() {
  const { phones, total } = await api('GET', 'phones?limit=30');
  if (!phones.some((phone) => phone.phoneNumber === chosen)) chosen = phones[0].phoneNumber;
  // Rebuilding the list must not take the focus away from somebody who uses the keyboard.
  const focused = document.activeElement?.dataset?.phone;
  const list = byId('phones');
  list.replaceChildren(...phones.map(present));
  if (total > phones.length) list.append(element('li', { className: 'note' }, `and ${total - phones.length} more`));
  if (focused) list.querySelector(`[data-phone="${CSS.escape(focused)}"]`)?.focus();
  byId('device-title').textContent = phones.find((phone) => phone.phoneNumber === chosen).name ?? chosen;
}

async function choose(phoneNumber) {
  chosen = phoneNumber;
  localStorage.setItem(KEPT, phoneNumber);
  await showPhones();
  onChoose();
}

function present({ phoneNumber, name, messageCount }) {
  const button = element(
    'button',
    { type: 'button', dataset: { phone: phoneNumber }, onclick: () => choose(phoneNumber) },
    name ?? phoneNumber,
    element('small', {}, `${name && name !== phoneNumber ? `${phoneNumber} · ` : ''}${messageCount} messages`),
  );
  button.setAttribute('aria-pressed', String(phoneNumber === chosen));
  return element('li', {}, button);
}
