import { api, byId, element } from './api.js';
import { requestedNumber, findConsole } from './frame.js';
import { t } from './texts.js';

const STORAGE_KEY = 'simulator.number';
let known = [];

export const chosenNumber = () => byId('number').value;

/** The numbers whose webhook is on this machine. */
export const reachableNumbers = () => known.filter(({ deliversTo }) => isHere(deliversTo));

export function startNumbers() {
  if (requestedNumber) localStorage.setItem(STORAGE_KEY, requestedNumber);
  byId('number').addEventListener('change', ({ target }) => {
    localStorage.setItem(STORAGE_KEY, target.value);
    showNote();
  });
}

export function showNumbers({ numbers }) {
  known = numbers;
  const select = byId('number');
  const canText = (wanted) => numbers.some((one) => one.phoneNumber === wanted && one.capabilities.sms);
  const first = reachableNumbers()[0] ?? numbers.find(({ capabilities }) => capabilities.sms);
  const wanted = [select.value, localStorage.getItem(STORAGE_KEY), first?.phoneNumber].find(canText);
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

/** A sentence that says where texts to this number go. */
export function noteOf({ deliversTo, smsApplicationSid, messagingServiceSid }) {
  // The fragment is left out, since it only sets timeouts and retries.
  const url = deliversTo?.split('#')[0];
  if (!url) return t(messagingServiceSid ? 'numbers.dropped' : 'numbers.noWebhook');
  if (!isHere(url)) return t('numbers.elsewhere', { url });
  const owner = messagingServiceSid ? 'byService' : smsApplicationSid ? 'byApplication' : 'delivered';
  return t(`numbers.${owner}`, { url });
}
