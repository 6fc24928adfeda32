import { api, byId, element } from './api.js';
import { askedNumber, findConsole } from './frame.js';
import { t } from './texts.js';

const KEPT = 'simulator.number';
let known = [];

export const chosenNumber = () => byId('number').value;

/** Those that a text gets through to. */
export const reachableNumbers = () => known.filter(({ deliversTo }) => isHere(deliversTo));

export function startNumbers() {
  if (askedNumber) localStorage.setItem(KEPT, askedNumber);
  byId('number').addEventListener('change', ({ target }) => {
    localStorage.setItem(KEPT, target.value);
    showNote();
  });
}

export function showNumbers({ numbers }) {
  known = numbers;
  const select = byId('number');
  const canText = (wanted) => numbers.some((one) => one.phoneNumber === wanted && one.capabilities.sms);
  const first = reachableNumbers()[0] ?? numbers.find(({ capabilities }) => capabilities.sms);
  const wanted = [select.value, localStorage.getItem(KEPT), first?.phoneNumber].find(canText);
  select.replaceChildren(
    ...numbers.map(({ phoneNumber, friendlyName, capabilities }) =>
      element(
        'option',
        { value: phoneNumber, disabled: !capabilities.sms },
        `${friendlyName} ${phoneNumber}${capabilities.sms ? '' : ` (${t('numbers.voiceOnly')})`}`,
      ),
    ),
  );
  select.value = wanted ?? '';
  findConsole(first?.deliversTo);
  showNote();
}

export async function readAccount() {
  return api('GET', 'account');
}

function showNote() {
  const number = known.find(({ phoneNumber }) => phoneNumber === chosenNumber());
  byId('number-note').textContent = number ? noteOf(number) : '';
  byId('number-note').classList.toggle('warning', !isHere(number?.deliversTo));
}

const isHere = (url) => /^https?:\/\/(localhost|127\.[\d.]+|\[::1\])[:/]/.test(url ?? '');

/** Where a text to it goes, in words. */
export function noteOf({ deliversTo, smsApplicationSid, messagingServiceSid }) {
  // Without its fragment, which only says how often to try again.
  const url = deliversTo?.split('#')[0];
  if (!url) return t(messagingServiceSid ? 'numbers.dropped' : 'numbers.noWebhook');
  if (!isHere(url)) return t('numbers.elsewhere', { url });
  const owner = messagingServiceSid ? 'byService' : smsApplicationSid ? 'byApplication' : 'delivered';
  return t(`numbers.${owner}`, { url });
}
