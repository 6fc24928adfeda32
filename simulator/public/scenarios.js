import { api, byId, showingProblem } from './api.js';
import { chosenNumber, reachableNumbers } from './numbers.js';
import { choosePhone, chosenPhone } from './phones.js';
import { t } from './texts.js';

const PAUSE_MS = 700;

// Customers write in their own languages, so these texts are not translated.
const CONVERSATIONS = {
  en: [
    { from: '+15005550151', bodies: ['Hi, my order 4711 has not arrived', 'It should have been here on Monday'] },
    { from: '+15005550152', bodies: ['Do you open on Saturdays?', 'Thanks 👍'] },
  ],
  pt: [
    { from: '+5511987650001', bodies: ['Olá, preciso trocar o tamanho do meu pedido', 'É o número 39, não o 38'] },
    { from: '+5511987650002', bodies: ['Vocês entregam em São Paulo?', 'Obrigada! 🙏'] },
  ],
  it: [
    { from: '+393330000001', bodies: ['Buongiorno, il pacco è arrivato rotto', 'Posso avere un rimborso?'] },
    { from: '+393330000002', bodies: ['A che ora aprite domani?', 'Perfetto, grazie'] },
  ],
};
const ANGRY = ['Where is my order?', 'Hello???', 'WHERE IS MY ORDER?', 'Where is my order?', 'I want a refund NOW 😡'];

export function startScenarios() {
  start('bilingual-day', bilingualDay);
  start('angry-repeat', angryRepeat);
}

function start(id, plan) {
  const button = byId(id);
  button.addEventListener('click', async () => {
    button.disabled = true;
    await showingProblem(byId('scenario-problem'), () => play(plan()));
    button.disabled = false;
    button.focus();
  });
}

async function play(texts) {
  if (texts.length === 0) throw new Error(t('scenarios.nobody'));
  void choosePhone(texts[0].from);
  for (const [sent, text] of texts.entries()) {
    byId('scenario-result').textContent = t('scenarios.running', { sent, count: texts.length });
    await api('POST', 'sms', text);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  byId('scenario-result').textContent = t('scenarios.done', { count: texts.length });
}

/** Customers take turns to text two numbers, each in the language of its country. */
function bilingualDay() {
  const [one, other = one] = reachableNumbers();
  if (!one) return [];
  const languages = [languageOf(one), languageOf(other)];
  if (languages[0] === languages[1]) languages[1] = languages[0] === 'en' ? 'pt' : 'en';
  const sides = [one, other].map(({ phoneNumber: to }, i) => ({ to, customers: CONVERSATIONS[languages[i]] }));
  return [0, 1].flatMap((turn) =>
    [0, 1].flatMap((customer) =>
      sides.map(({ to, customers }) => ({
        from: customers[customer].from,
        to,
        body: customers[customer].bodies[turn],
        trouble: {},
      })),
    ),
  );
}

const languageOf = ({ phoneNumber }) =>
  phoneNumber.startsWith('+55') ? 'pt' : phoneNumber.startsWith('+39') ? 'it' : 'en';

/** One customer keeps asking the same thing, and Twilio delivers every text twice. */
const angryRepeat = () =>
  ANGRY.map((body) => ({ from: chosenPhone(), to: chosenNumber(), body, trouble: { times: 2, together: true } }));
