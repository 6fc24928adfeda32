import { byId } from './api.js';
import { t } from './texts.js';

const MAX_PICTURE_BYTES = 5_000_000;
const SIZE = { width: 480, height: 320 };
let picked;
let onPick = () => {};

/** The picture to send with the next text: `{ contentType, base64 }`. */
export const pickedPicture = () => picked;

export function startPictures(whenPicked) {
  onPick = whenPicked;
  byId('picture').addEventListener('change', ({ target }) => {
    const [file] = target.files;
    byId('picture-menu').open = false;
    if (file) void pick(file, file.name);
  });
  for (const button of document.querySelectorAll('[data-picture]')) {
    button.addEventListener('click', async () =>
      pick(await draw(PICTURES[button.dataset.picture]), button.textContent),
    );
  }
  byId('drop-picture').addEventListener('click', () => {
    removePicture();
    byId('body').focus();
  });
}

export function removePicture() {
  picked = undefined;
  byId('picture').value = '';
  byId('picked').hidden = true;
  onPick();
}

async function pick(file, name) {
  if (file.size > MAX_PICTURE_BYTES) {
    byId('send-problem').textContent = t('compose.pictureTooLarge');
    return removePicture();
  }
  picked = { contentType: file.type || 'image/jpeg', base64: await base64Of(file) };
  byId('picked-name').textContent = name;
  byId('picked').hidden = false;
  byId('body').focus();
  onPick();
}

const base64Of = (file) =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.split(',')[1]);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });

async function draw(paint) {
  const canvas = new OffscreenCanvas(SIZE.width, SIZE.height);
  paint(canvas.getContext('2d'));
  return canvas.convertToBlob({ type: 'image/png' });
}

const fill = (context, color, ...box) => {
  context.fillStyle = color;
  context.fillRect(...box);
};

const disc = (context, color, x, y, radius) => {
  context.fillStyle = color;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
};

const PICTURES = {
  parcel(context) {
    fill(context, '#dfe7f1', 0, 0, 480, 320);
    fill(context, '#b98b56', 110, 90, 260, 180);
    fill(context, '#94693a', 110, 90, 260, 46);
    fill(context, '#e8d9bf', 222, 90, 36, 180);
    context.strokeStyle = '#4a2f12';
    context.lineWidth = 6;
    context.stroke(new Path2D('M300 110 L282 160 L318 190 L290 240 L326 268'));
  },
  receipt(context) {
    fill(context, '#4b5563', 0, 0, 480, 320);
    fill(context, '#fbfbf7', 160, 20, 160, 280);
    for (let y = 50; y < 230; y += 22) {
      fill(context, '#9aa2ad', 178, y, 76, 8);
      fill(context, '#6b7280', 272, y, 30, 8);
    }
    fill(context, '#111827', 178, 250, 124, 14);
  },
  sunset(context) {
    const sky = context.createLinearGradient(0, 0, 0, 220);
    sky.addColorStop(0, '#3b2a6b');
    sky.addColorStop(1, '#ff9a56');
    fill(context, sky, 0, 0, 480, 220);
    disc(context, '#ffe08a', 240, 200, 56);
    fill(context, '#1f3b5c', 0, 220, 480, 100);
    for (let y = 232; y < 310; y += 18) fill(context, '#ffc977', 240 - (320 - y) / 2, y, 320 - y, 5);
  },
};
