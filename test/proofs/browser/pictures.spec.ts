import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { findViolations, signIn, type Visit } from '../../support/browser.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';
import { eventually } from '../../support/eventually.ts';
import { attach } from '../../support/media.ts';
import { type SimulatedSms, sendSms } from '../../support/phone.ts';

const WITHOUT_MMS = '+5511955550001';
const OPENAPI = JSON.parse(readFileSync(join(import.meta.dirname, '../../../openapi.json'), 'utf8'));

let running: TestConsole;
let visit: Visit;
let page: Page;
let picture: Buffer;
let phones = 0;

beforeAll(async () => {
  running = await startConsole();
  visit = await running.open('/desk');
  page = visit.page;
  picture = await page.screenshot({ clip: { x: 0, y: 0, width: 320, height: 200 } });
  await signIn(page, running.admin);
});
afterAll(() => running.stop());

const thread = () => page.getByRole('region', { name: 'Thread' });
const composer = () => page.getByRole('textbox', { name: /^Reply to/ });
const attached = () => page.getByRole('list', { name: 'Attached' }).getByRole('listitem');
const asFile = (name: string, mimeType = 'image/png', buffer = picture) => ({ name, mimeType, buffer });
const choose = (...files: ReturnType<typeof asFile>[]) => thread().locator('input[type=file]').setInputFiles(files);
const sendButton = () => page.getByRole('button', { name: /^Send/ });

/** Somebody new texts, and the agent takes the contact. */
async function takeContact(sms: SimulatedSms = {}): Promise<string> {
  const customer = `+150055502${String(10 + ++phones)}`;
  await page.getByRole('tab', { name: /^New/ }).click();
  await sendSms(running, { from: customer, body: 'Hello', ...sms });
  await page.getByRole('button', { name: `Accept ${customer}` }).click();
  await page.getByRole('textbox', { name: `Reply to ${customer}` }).waitFor();
  return customer;
}

interface TextOnPhone {
  direction: string;
  body: string;
  status: string;
  media: { url: string }[];
}

async function sentTo(phone: string): Promise<TextOnPhone[]> {
  const answer = await fetch(`${running.simulator.url}/sim/v1/phones/${phone}/messages`);
  const { messages } = (await answer.json()) as { messages: TextOnPhone[] };
  return messages.filter(({ direction, status }) => direction === 'outbound-api' && status === 'delivered');
}

test('A picture from a phone shows on the desk, and opens larger', async () => {
  await takeContact({ media: [attach({ contentType: 'image/png', bytes: picture })] });
  const small = thread().getByRole('button', { name: /^Picture, .*: show larger$/ });
  await small.click();
  const dialog = page.getByRole('dialog', { name: /^Picture/ });
  const large = dialog.getByRole('img', { name: /^Picture/ });
  await large.waitFor();
  await eventually('the picture', () => large.evaluate((each: HTMLImageElement) => each.naturalWidth === 320));
  expect(await findViolations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await eventually('the focus is back', () => small.evaluate((each) => each === document.activeElement));
});

test('An agent answers with pictures alone: they are told as MMS, shown at once and delivered on the phone', async () => {
  const customer = await takeContact();
  await thread().getByRole('button', { name: 'Attach pictures or files' }).waitFor();
  await choose(asFile('one.png'), asFile('two.png'));
  await expectAttached(['one.png', 'two.png']);
  await page.getByRole('button', { name: 'Remove two.png' }).click();
  await expectAttached(['one.png']);
  await thread().getByText('Goes as MMS with 1 picture or file').waitFor();
  expect(await findViolations(page)).toEqual([]);
  await sendButton().click();
  await thread()
    .getByRole('button', { name: /show larger$/ })
    .waitFor();
  await thread().getByText('Delivered').waitFor();
  expect(await attached().count()).toBe(0);

  const [sms, ...others] = await sentTo(customer);
  expect(others).toEqual([]);
  expect(sms).toMatchObject({ body: '', media: [{ url: expect.stringContaining(running.url) }] });
  const bytes = Buffer.from(await (await fetch(sms!.media[0]!.url)).arrayBuffer());
  expect(bytes.equals(picture)).toBe(true);
});

test('A reply whose answer got lost is found in the thread, and its picture is sent once', async () => {
  const customer = await takeContact();
  let isLost = false;
  await page.route('**/api/v1/contacts/*/messages', async (route) => {
    if (route.request().method() !== 'POST' || isLost) return route.continue();
    isLost = true;
    await route.fetch();
    await route.abort();
  });
  await choose(asFile('once.png'));
  await composer().fill('Look');
  await expectAttached(['once.png']);
  await sendButton().click();
  await eventually('its answer is lost', () => isLost);
  await thread().getByText('Delivered').waitFor();
  await thread().getByText('Sending …').waitFor({ state: 'detached' });
  await page.unroute('**/api/v1/contacts/*/messages');
  const sent = await sentTo(customer);
  expect(sent.map(({ body, media }) => [body, media.length])).toEqual([['Look', 1]]);
});

test('A reply with a picture that failed goes again as a whole; never without a picture that cannot be had', async () => {
  const customer = await takeContact();
  const trouble = (method: string, body?: object) =>
    fetch(`${running.simulator.url}/sim/v1/trouble`, {
      method,
      ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
  expect((await trouble('PUT', { deliveryFails: { code: 30003 } })).status).toBe(200);
  await choose(asFile('failing.png'));
  await composer().fill('With a picture');
  await expectAttached(['failing.png']);
  await sendButton().click();
  const again = thread().getByRole('button', { name: 'Send again' });
  await again.waitFor();
  expect((await trouble('DELETE')).ok).toBe(true);

  const gone = { status: 404, contentType: 'text/html', body: '<p>Not here</p>' };
  const picturesOf = /\/api\/v1\/media\/[^/]+$/;
  let asked = 0;
  await page.route(picturesOf, (route) => {
    asked++;
    return route.fulfill(gone);
  });
  await again.click();
  await thread().getByText('404').waitFor();
  expect(asked).toBe(1);
  expect(await sentTo(customer)).toEqual([]);
  await page.unroute(picturesOf);
  await again.click();
  await thread().getByText('Delivered', { exact: true }).waitFor();
  expect((await sentTo(customer)).map(({ body, media }) => [body, media.length])).toEqual([['With a picture', 1]]);
});

test('What cannot be sent is said by file before any upload, in the words of the API', async () => {
  await takeContact();
  const types = Object.keys(OPENAPI.paths['/api/v1/media'].post.requestBody.content);
  const most: number = OPENAPI.components.schemas.ReplyDto.properties.mediaIds.maxItems;
  expect(await thread().locator('input[type=file]').getAttribute('accept')).toBe(types.join(','));
  const hint = await thread().getByRole('button', { name: 'Attach pictures or files' }).getAttribute('title');
  expect(hint).toContain(`Up to ${most} pictures or files of at most 10.5 MB each`);

  await choose(
    asFile('page.html', 'text/html', Buffer.from('<html>')),
    asFile('film.mp4', 'video/mp4', Buffer.alloc(10 * 1024 * 1024 + 1)),
    ...Array.from({ length: most + 1 }, (_, n) => asFile(`${n}.png`)),
  );
  await attached().filter({ hasText: 'page.html' }).getByText('Cannot be sent: only JPEG').waitFor();
  await attached().filter({ hasText: 'film.mp4' }).getByText('Too large: at most').waitFor();
  await attached()
    .filter({ hasText: `${most}.png` })
    .getByText(`Too many: at most ${most}`)
    .waitFor();
  expect(await sendButton().isDisabled()).toBe(true);
  for (const name of ['page.html', 'film.mp4', `${most}.png`]) {
    await page.getByRole('button', { name: `Remove ${name}` }).click();
  }
  await eventually('all are there', () => sendButton().isEnabled());
  for (let n = 0; n < most; n++) await page.getByRole('button', { name: `Remove ${n}.png` }).click();
  expect(await sendButton().isDisabled()).toBe(true);
});

test('An upload that failed says why and is tried again; what is attached stays with its contact', async () => {
  const first = await takeContact();
  await page.route('**/api/v1/media', (route) => route.abort(), { times: 1 });
  await choose(asFile('again.png'), asFile('no-picture.png', 'image/png', Buffer.from('<html>')));
  const failed = attached().filter({ hasText: 'again.png' });
  await failed.getByText('The service cannot be reached').waitFor();
  await attached().filter({ hasText: 'no-picture.png' }).getByText('this file is none of these').waitFor();
  await page.getByRole('button', { name: 'Remove no-picture.png' }).click();
  await failed.getByRole('button', { name: 'Try again' }).click();
  await eventually('it is uploaded', () => sendButton().isEnabled());

  await takeContact();
  expect(await attached().count()).toBe(0);
  await page.getByRole('tab', { name: /^Mine/ }).click();
  await page.getByRole('link', { name: new RegExp(`\\${first}`) }).click();
  await expectAttached(['again.png']);
  await page.getByRole('button', { name: 'Remove again.png' }).click();
});

test('Pictures are pasted and dropped, too', async () => {
  await takeContact();
  await composer().focus();
  await page.evaluate(
    ([id, base64]) => {
      const bytes = Uint8Array.from(atob(base64!), (character) => character.charCodeAt(0));
      const withFile = (name: string): DataTransfer => {
        const data = new DataTransfer();
        data.items.add(new File([bytes], name, { type: 'image/png' }));
        return data;
      };
      const field = document.getElementById(id!)!;
      const init = { bubbles: true, cancelable: true };
      field.dispatchEvent(new ClipboardEvent('paste', { ...init, clipboardData: withFile('pasted.png') }));
      field.dispatchEvent(new DragEvent('dragover', { ...init, dataTransfer: withFile('dropped.png') }));
      field.dispatchEvent(new DragEvent('drop', { ...init, dataTransfer: withFile('dropped.png') }));
    },
    ['desk-composer', picture.toString('base64')],
  );
  await eventually('both are uploaded', () => sendButton().isEnabled());
  const names = (await attached().allTextContents()).map((text) => text.replace(/\.png.*/s, ''));
  expect(names).toEqual(['pasted', 'dropped']);
});

test('Where the number has no MMS the composer says so, and takes none', async () => {
  await takeContact({ to: WITHOUT_MMS });
  await page.getByRole('button', { name: 'Why no pictures can be sent' }).click();
  await page.getByText('This number has no MMS at Twilio').waitFor();
  expect(await thread().locator('input[type=file]').count()).toBe(0);
});

async function expectAttached(names: string[]): Promise<void> {
  await eventually(`attached are ${names.join(', ')}`, async () => {
    const texts = await attached().allTextContents();
    return texts.length === names.length && names.every((name, i) => texts[i]!.includes(name));
  });
}
