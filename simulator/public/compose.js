import { api, byId, element, showingProblem } from './api.js';
import { chosenPhone } from './phones.js';

const KEPT = 'simulator.number';
const LATE_MS = 5_000;
const LARGEST_PICTURE = 5_000_000;
let picture;

export function startCompose() {
  const body = byId('body');
  byId('compose').addEventListener('submit', (event) => {
    event.preventDefault();
    void send(body.value);
  });
  body.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void send(body.value);
  });
  body.addEventListener('input', showMeter);
  byId('number').addEventListener('change', (event) => {
    localStorage.setItem(KEPT, event.target.value);
    showNumberNote();
  });
  byId('picture').addEventListener('change', (event) => readPicture(event.target));
  for (const button of document.querySelectorAll('[data-insert]')) {
    button.addEventListener('click', () => {
      body.setRangeText(button.dataset.insert, body.selectionStart, body.selectionEnd, 'end');
      body.focus();
      showMeter();
    });
  }
  for (const button of document.querySelectorAll('[data-text]')) {
    button.addEventListener('click', () => send(button.dataset.text));
  }
}

let notes = new Map();

export async function showNumbers() {
  const { numbers } = await api('GET', 'account');
  const select = byId('number');
  const wanted = select.value || localStorage.getItem(KEPT);
  notes = new Map(numbers.map((number) => [number.phoneNumber, noteOf(number)]));
  select.replaceChildren(
    ...numbers.map(({ phoneNumber, friendlyName, capabilities }) =>
      element(
        'option',
        { value: phoneNumber, disabled: !capabilities.sms },
        `${friendlyName} ${phoneNumber}${capabilities.sms ? '' : ' (voice only)'}`,
      ),
    ),
  );
  const first = numbers.find(({ deliversTo }) => isHere(deliversTo)) ?? numbers[0];
  select.value = notes.has(wanted) ? wanted : first.phoneNumber;
  showNumberNote();
}

const showNumberNote = () => void (byId('number-note').textContent = notes.get(byId('number').value) ?? '');

const isHere = (url) => /^https?:\/\/(localhost|127\.[\d.]+|\[::1\])[:/]/.test(url);

function noteOf({ deliversTo, smsApplicationSid, messagingServiceSid }) {
  if (!deliversTo) return 'This number has no webhook yet: a text to it reaches nobody.';
  const owner = messagingServiceSid ? 'by its Messaging Service' : smsApplicationSid ? 'by its TwiML app' : '';
  if (!isHere(deliversTo)) return `Its webhook, ${deliversTo}, is not on this machine: the simulator does not call it.`;
  return `Delivered to ${deliversTo} ${owner}`;
}

async function send(text) {
  if (!text && !picture) return;
  const problem = byId('send-problem');
  const media = picture ? [picture] : undefined;
  byId('body').value = '';
  clearPicture();
  showMeter();
  byId('body').focus();
  // Not awaited by anybody: a person may send the next text while the one before is late.
  await showingProblem(problem, () =>
    api('POST', 'sms', { from: chosenPhone(), to: byId('number').value, body: text, media, trouble: readTrouble() }),
  );
}

const readTrouble = () => ({
  times: byId('twice').checked || byId('together').checked ? 2 : 1,
  together: byId('together').checked,
  delayMs: byId('late').checked ? LATE_MS : 0,
  wrongSignature: byId('wrong-signature').checked,
  lost: byId('lost').checked,
});

function showMeter() {
  const { length } = byId('body').value;
  byId('meter').textContent = `${picture ? 'picture, ' : ''}${length} characters`;
}

function readPicture(input) {
  const [file] = input.files;
  if (!file) return;
  if (file.size > LARGEST_PICTURE) {
    byId('send-problem').textContent = 'Twilio takes pictures up to 5 MB.';
    return clearPicture();
  }
  const reader = new FileReader();
  reader.onload = () => {
    picture = { contentType: file.type || 'image/jpeg', base64: reader.result.split(',')[1] };
    input.parentElement.classList.add('chosen');
    showMeter();
  };
  reader.readAsDataURL(file);
}

function clearPicture() {
  picture = undefined;
  byId('picture').value = '';
  byId('picture').parentElement.classList.remove('chosen');
}
