import { api, byId, element, showingProblem } from './api.js';
import { t } from './texts.js';

const STORAGE_KEY = 'simulator.phone';
const MAX_SHOWN = 30;
const FIRST_NEW_NUMBER = 15005550201;
let chosen = localStorage.getItem(STORAGE_KEY) ?? '';
let known = [];
let onChoose = () => {};

export const chosenPhone = () => chosen;

export function startPhones(whenChosen) {
  onChoose = whenChosen;
  const menu = byId('new-phone-menu');
  const number = byId('new-phone-number');
  const name = byId('new-phone-name');
  menu.addEventListener('toggle', () => {
    if (!menu.open) return;
    number.value = unusedNumber();
    name.focus();
  });
  byId('new-phone').addEventListener('submit', async (event) => {
    event.preventDefault();
    await showingProblem(byId('new-phone-problem'), async () => {
      const phoneNumber = number.value.replace(/[\s()-]/g, '');
      if (!/^\+[1-9]\d{6,14}$/.test(phoneNumber)) throw new Error(t('phones.wrongNumber'));
      const phone = await api('POST', 'phones', { phoneNumber, name: name.value.trim() || undefined });
      name.value = '';
      menu.open = false;
      await choosePhone(phone.phoneNumber);
      byId('body').focus();
    });
  });
}

export async function showPhones() {
  const { phones, total } = await api('GET', `phones?limit=${MAX_SHOWN}`);
  known = phones;
  if (!phones.some((phone) => phone.phoneNumber === chosen)) chosen = phones[0].phoneNumber;
  // Rebuilding the list must not lose the keyboard focus.
  const focused = document.activeElement?.dataset?.phone;
  const list = byId('phones');
  list.replaceChildren(...phones.map(present));
  if (total > phones.length) {
    list.append(element('li', { className: 'note' }, t('phones.more', { count: total - phones.length })));
  }
  if (focused) list.querySelector(`[data-phone="${CSS.escape(focused)}"]`)?.focus();
  byId('device-title').textContent = phones.find((phone) => phone.phoneNumber === chosen).name ?? chosen;
}

export async function choosePhone(phoneNumber) {
  chosen = phoneNumber;
  localStorage.setItem(STORAGE_KEY, phoneNumber);
  await showPhones();
  byId('phones').querySelector('[aria-pressed=true]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  onChoose();
}

function present({ phoneNumber, name, messageCount }) {
  const isNamed = name && name !== phoneNumber;
  const button = element(
    'button',
    { type: 'button', dataset: { phone: phoneNumber }, onclick: () => choosePhone(phoneNumber) },
    element('bdi', {}, name ?? phoneNumber),
    isNamed ? element('small', {}, phoneNumber) : undefined,
    element('small', { className: 'count' }, t('phones.messages', { count: messageCount })),
  );
  button.setAttribute('aria-pressed', String(phoneNumber === chosen));
  return element('li', {}, button);
}

function unusedNumber() {
  let number = FIRST_NEW_NUMBER;
  while (known.some((phone) => phone.phoneNumber === `+${number}`)) number++;
  return `+${number}`;
}
