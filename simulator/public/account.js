import { api, byId, element, showingProblem } from './api.js';
import { consoleLink } from './frame.js';
import { noteOf } from './numbers.js';
import { clock, t } from './texts.js';

const MAX_ALERTS = 20;
let shown = '';

/** Stands in for Twilio's console, where somebody may change what the service relies on. */
export function startAccount() {
  onSubmit('new-application', () => ({
    path: 'applications',
    body: { friendlyName: textIn('application-name'), smsUrl: textIn('application-url') },
  }));
  onSubmit('new-service', () => ({
    path: 'services',
    body: {
      friendlyName: textIn('service-name'),
      inboundRequestUrl: textIn('service-url') || null,
      useInboundWebhookOnNumber: byId('service-on-number').checked,
    },
  }));
}

export function showAccount(account) {
  const { numbers, applications, services, alerts } = account;
  byId('board-link').replaceChildren(...[consoleLink('entry-points', {}, t('account.openBoard'))].filter(Boolean));
  byId('alerts').replaceChildren(
    ...alerts.slice(0, MAX_ALERTS).map(presentAlert),
    ...(alerts.length ? [] : [element('li', { className: 'note' }, t('account.noAlerts'))]),
  );
  const state = JSON.stringify([numbers, applications, services]);
  if (state === shown) return;
  shown = state;
  const focused = document.activeElement?.id;
  byId('account-numbers').replaceChildren(...numbers.map((number) => presentNumber(number, account)));
  byId('applications').replaceChildren(...applications.map(presentApplication));
  byId('services').replaceChildren(...services.map(presentService));
  if (focused) byId(focused)?.focus();
}

function presentNumber(number, { applications, services }) {
  const { phoneNumber, friendlyName, smsUrl, smsApplicationSid, messagingServiceSid } = number;
  const id = (field) => `${field}-${phoneNumber}`;
  const url = element('input', { id: id('url'), type: 'url', value: smsUrl, placeholder: 'https://…' });
  const application = select(id('app'), applications, smsApplicationSid);
  const service = select(id('service'), services, messagingServiceSid);
  const problem = element('p', { className: 'problem', role: 'alert' });
  const form = element(
    'form',
    { className: 'number' },
    element('h3', {}, element('bdi', {}, friendlyName), ` ${phoneNumber}`),
    element('p', { className: 'note' }, noteOf(number)),
    element('label', {}, t('account.url'), url),
    element('label', {}, t('account.application'), application),
    element('label', {}, t('account.service'), service),
    element('button', { type: 'submit', id: id('save') }, t('account.save')),
    problem,
  );
  form.setAttribute('aria-label', `${friendlyName} ${phoneNumber}`);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    await showingProblem(problem, () =>
      api('POST', `numbers/${encodeURIComponent(phoneNumber)}`, {
        smsUrl: url.value,
        smsApplicationSid: application.value,
        messagingServiceSid: service.value || null,
      }),
    );
  });
  return element('li', {}, form);
}

function select(id, choices, chosen) {
  const options = [{ sid: '', friendlyName: t('account.none') }, ...choices];
  const made = element('select', { id }, ...options.map(({ sid, friendlyName }) => option(sid, friendlyName)));
  made.value = chosen ?? '';
  return made;
}

const option = (value, name) => element('option', { value }, value ? `${name} (${value.slice(-4)})` : name);

const presentApplication = ({ sid, friendlyName, smsUrl }) =>
  element(
    'li',
    { className: 'fact' },
    `${friendlyName} `,
    element('code', {}, sid),
    ` → ${smsUrl || t('account.none')}`,
  );

function presentService({ sid, friendlyName, inboundRequestUrl, useInboundWebhookOnNumber }) {
  const leadsTo = useInboundWebhookOnNumber ? t('account.onNumber') : (inboundRequestUrl ?? t('account.nowhere'));
  return element('li', { className: 'fact' }, `${friendlyName} `, element('code', {}, sid), ` → ${leadsTo}`);
}

const presentAlert = ({ at, errorCode, message, requestUrl }) =>
  element(
    'li',
    { className: 'fact' },
    `${clock(at)} `,
    element('strong', {}, String(errorCode)),
    alertText(message, requestUrl),
  );

const alertText = (message, url) => element('span', { lang: 'en' }, ` ${message} ${url}`);

const textIn = (id) => byId(id).value.trim();

function onSubmit(id, read) {
  const form = byId(id);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    await showingProblem(byId(`${id}-problem`), async () => {
      const { path, body } = read();
      await api('POST', path, body);
      form.reset();
    });
  });
}
