import { api, byId, element, showingProblem } from './api.js';
import { t } from './texts.js';

const SIDS = new Set(['MessageSid', 'SmsSid', 'SmsMessageSid']);
let edited;

export function startResend() {
  const dialog = byId('resend');
  byId('resend-cancel').addEventListener('click', () => dialog.close());
  byId('resend-new-sid').addEventListener('change', ({ target }) => {
    const sid = target.checked ? newSid() : undefined;
    for (const field of fields()) if (SIDS.has(field.name)) field.value = sid ?? field.defaultValue;
  });
  byId('resend-form').addEventListener('submit', async (event) => {
    event.preventDefault();
    await showingProblem(byId('resend-problem'), async () => {
      const { status, ms, error } = await api('POST', `requests/${edited}/resend`, {
        form: fields().map(({ name, value }) => [name, value]),
        wrongSignature: byId('resend-forged').checked,
      });
      byId('resend-result').textContent = status
        ? t('answered', { status: String(status), ms })
        : t('wire.noAnswer', { error });
    });
  });
}

/** Shows the parameters of a webhook, to be edited and sent again. */
export function openResend({ id, method, url, body }) {
  edited = id;
  byId('resend-form').reset();
  byId('resend-result').textContent = '';
  byId('resend-url').textContent = `${method} ${url.split('?')[0]}`;
  const form = new URLSearchParams(method === 'GET' ? new URL(url).search : body);
  byId('resend-fields').replaceChildren(...[...form].map(([name, value]) => present(name, value)));
  byId('resend').showModal();
}

const fields = () => [...byId('resend-fields').querySelectorAll('textarea')];

const present = (name, value) =>
  element('label', {}, name, element('textarea', { name, rows: 1, dir: 'auto', defaultValue: value, value }));

const newSid = () =>
  `SM${[...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
