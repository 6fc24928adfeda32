import { api, byId, element, showingProblem } from './api.js';
import { requestedNumber } from './frame.js';
import { chosenNumber } from './numbers.js';
import { chosenPhone } from './phones.js';
import { removePicture, pickedPicture, startPictures } from './pictures.js';
import { t } from './texts.js';

const DRAFT = 'simulator.draft';
const EMOJI = '😀 😂 😍 🤔 😢 😡 👍 👎 🙏 👋 🎉 ❤️ 🔥 ✅ ❌ ⏰ 📦 🚚 💳 📞 🇮🇹 🇧🇷 👩‍💻 👨‍👩‍👧'.split(' ');

export function startCompose() {
  const body = byId('body');
  body.value = sessionStorage.getItem(DRAFT) ?? '';
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
  byId('emoji').append(
    ...EMOJI.map((emoji) => element('button', { type: 'button', onclick: () => insert(emoji) }, emoji)),
  );
  for (const button of document.querySelectorAll('[data-word]')) {
    button.addEventListener('click', () => send(button.dataset.word));
  }
  byId('long-text').addEventListener('click', () => insert(t('compose.longExample')));
  startPictures(showMeter);
  showMeter();
  // In a frame nothing can take the focus before it is drawn.
  if (requestedNumber) requestAnimationFrame(() => body.focus());
}

function insert(text) {
  const body = byId('body');
  body.setRangeText(text, body.selectionStart, body.selectionEnd, 'end');
  body.value = body.value.slice(0, body.maxLength);
  body.focus();
  showMeter();
}

async function send(text) {
  const picture = pickedPicture();
  if (!text && !picture) return;
  const body = byId('body');
  // Sending a keyword keeps the draft.
  if (text === body.value) body.value = '';
  removePicture();
  showMeter();
  body.focus();
  // The caller does not wait for this: a person may send the next text while the previous one is delayed.
  await showingProblem(byId('send-problem'), () =>
    api('POST', 'sms', { from: chosenPhone(), to: chosenNumber(), body: text, media: picture && [picture] }),
  );
}

function showMeter() {
  const { value } = byId('body');
  sessionStorage.setItem(DRAFT, value);
  byId('meter').textContent = t('compose.characters', { count: value.length });
}
