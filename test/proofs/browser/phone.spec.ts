import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { FrameLocator, Page } from 'playwright-core';
import type { ContactPageDto } from '../../../src/contacts/contact.dto.js';
import type { MessagePageDto } from '../../../src/contacts/message.dto.js';
import type { EntryPointWebhookDto } from '../../../src/entry-points/entry-point-webhook.dto.js';
import type { EntryPointPageDto } from '../../../src/entry-points/entry-point.dto.js';
import { findOverflows, NARROW, signIn, untilLoaded, type Visit } from '../../support/browser.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';
import { eventually } from '../../support/eventually.ts';
import { expectStatus } from '../../support/factories.ts';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];
// Wide enough for the three panes of the desk and the phone beside them.
const ROOMY = { width: 1600, height: 900 };
const SUPORTE = '+5511955550001';

let running: TestConsole;
let visit: Visit;

beforeAll(async () => {
  running = await startConsole();
  visit = await running.open('/desk', { viewport: ROOMY, permissions: ['clipboard-read', 'clipboard-write'] });
  await signIn(visit.page, running.admin);
});
afterEach(async () => {
  await fetch(`${running.simulator.url}/sim/v1/trouble`, { method: 'DELETE' });
  await visit.page.setViewportSize(ROOMY);
});
afterAll(() => running.stop());

test('A text from the phone beside the desk becomes a contact there, and its answer is on the phone', async () => {
  const { page, complaints } = visit;
  await go('/desk');
  await page.getByRole('button', { name: 'Phone beside the screen' }).click();
  const phone = phoneOn(page);
  const thread = phone.getByRole('list', { name: 'Messages' });
  await phone.getByRole('button', { name: /^Phone 1/ }).click();
  await text(phone, 'Is my bicycle ready?');
  await thread.getByText(/^200 in \d+ ms · signature ok$/).waitFor();

  await page.getByRole('button', { name: 'Accept +15005550101' }).click();
  const reply = page.getByRole('textbox', { name: 'Reply to +15005550101' });
  await reply.fill('It is, come any time.');
  await reply.press('Control+Enter');
  await thread.getByText('It is, come any time.').waitFor();
  await thread.getByText(/from \+15005550006 · delivered$/).waitFor();

  await phone.getByRole('link', { name: 'Open in Activity' }).click();
  await page.getByRole('heading', { name: 'Activity', level: 1 }).waitFor();
  await page.getByRole('link', { name: '+15005550101 → +15005550006' }).waitFor();
  expect(new URL(page.url()).searchParams.get('phone')).toBe('beside');
  expect(complaints).toEqual([]);
});

test('It stays as it is from screen to screen, and over a reload; Escape inside closes it', async () => {
  const { page } = visit;
  await go('/desk?phone=beside');
  const draft = phoneOn(page).getByRole('textbox', { name: 'Message', exact: true });
  await draft.fill('Not sent yet');
  await draft.evaluate((field) => void (field.dataset['kept'] = 'yes'));
  for (const screen of ['Activity', 'Entry points', 'Agent desk']) {
    await page.getByRole('link', { name: screen, exact: true }).click();
    await page.getByRole('heading', { name: screen, level: 1 }).waitFor({ state: 'attached' });
    expect(await draft.getAttribute('data-kept')).toBe('yes');
  }
  await page.reload();
  await eventually('the text that was not sent', async () => (await draft.inputValue()) === 'Not sent yet');
  await draft.fill('');

  await draft.press('Escape');
  await page.getByRole('complementary', { name: 'Phone' }).waitFor({ state: 'detached' });
  const button = page.getByRole('button', { name: 'Phone beside the screen', expanded: false });
  expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(new URL(page.url()).searchParams.has('phone')).toBe(false);
});

test('A card’s “Test in simulator” opens it ready to text that number, as often as it is asked', async () => {
  const { page } = visit;
  await go('/entry-points');
  for (const other of ['+15005550006', undefined]) {
    await page.getByRole('button', { name: /Suporte PT/ }).click();
    await page.getByRole('menuitem', { name: 'Test in simulator' }).click();
    const number = phoneOn(page).getByRole('combobox', { name: 'To' });
    await eventually('the number of the card', async () => (await number.inputValue()) === SUPORTE);
    await phoneOn(page).locator('textarea:focus').waitFor();
    if (other !== undefined) await number.selectOption(other);
  }
  expect(new URL(page.url()).search).toBe('?phone=beside');
});

test('The screen of the simulator takes the number from its address', async () => {
  await go(`/simulator?to=${encodeURIComponent(SUPORTE)}`);
  const number = phoneOn(visit.page).getByRole('combobox', { name: 'To' });
  await eventually('the number asked for', async () => (await number.inputValue()) === SUPORTE);
  await phoneOn(visit.page).locator('textarea:focus').waitFor();
  expect(await visit.page.getByRole('button', { name: 'Phone beside the screen' }).count()).toBe(0);
  await visit.page.getByRole('link', { name: 'Phone beside the desk' }).click();
  await visit.page.getByRole('region', { name: 'Contacts' }).waitFor();
  await visit.page.getByRole('complementary', { name: 'Phone' }).waitFor();
});

test('A burst of 100 is counted to its end, and each text is in a contact', async () => {
  await go('/simulator');
  const simulator = phoneOn(visit.page);
  await simulator.getByRole('combobox', { name: 'To' }).selectOption('+15005550006');
  await simulator.getByLabel('Twice, %').fill('10');
  await simulator.getByRole('button', { name: 'Send the burst' }).click();
  await simulator.getByText(/^Done: 100 of 100 accepted/).waitFor();
  expect(await simulator.getByRole('progressbar', { name: 'Burst' }).getAttribute('value')).toBe('1');
  const counts = await simulator.locator('#burst-counts dd').allTextContents();
  expect(counts.filter((_, i) => i !== 2)).toEqual(['100', '100', '0', '0']);
  expect(Number(counts[2])).toBeGreaterThan(0);

  const { bursts } = await onSimulator<{ bursts: { id: string }[] }>('bursts');
  const { perCustomer } = await onSimulator<{ perCustomer: { from: string }[] }>(
    `bursts/${bursts[0]!.id}?perCustomer=true`,
  );
  const customers = new Set(perCustomer.map(({ from }) => from));
  expect(customers.size).toBe(20);
  const messages = await eventually('100 messages', async () => {
    const { data } = expectStatus(await running.api.get<ContactPageDto>('contacts?limit=100'), 200);
    const found = data.filter(({ ani }) => customers.has(ani));
    const sum = found.reduce((sofar, { messageCount }) => sofar + messageCount, 0);
    return sum >= 100 && sum;
  });
  expect(messages).toBe(100);
});

test('A text delivered twice is one message, and the wire shows both; “All off” ends the trouble', async () => {
  const { page } = visit;
  await go('/simulator');
  const simulator = phoneOn(page);
  await simulator.getByRole('button', { name: /^Telefono 3/ }).click();
  await simulator.getByRole('combobox', { name: 'To' }).selectOption('+15005550006');
  await simulator.getByLabel('Delivers twice', { exact: true }).check();
  await simulator.getByRole('region', { name: 'Trouble is on' }).getByText('Delivers twice').waitFor();
  await text(simulator, 'Only once, please');
  const outcomes = simulator.getByRole('list', { name: 'Messages' }).getByText(/^200 in \d+ ms · signature ok$/);
  await outcomes.nth(1).waitFor();
  const { requests } = await onSimulator<{ requests: { messageSid: string }[] }>('requests?direction=out&limit=1');
  const entries = simulator
    .getByRole('list', { name: 'Requests' })
    .getByRole('listitem')
    .filter({ hasText: requests[0]!.messageSid });
  await entries.nth(1).waitFor();
  expect(await entries.count()).toBe(2);
  expect(await bodiesOf('+393331234567')).toEqual(['Only once, please']);

  await simulator.getByRole('button', { name: 'All off' }).click();
  await simulator.getByRole('region', { name: 'Trouble is on' }).waitFor({ state: 'hidden' });
  expect(await simulator.getByLabel('Delivers twice', { exact: true }).isChecked()).toBe(false);

  // Edited and sent again, as a text of its own.
  const entry = entries.first();
  await entry.getByText('Details').click();
  await entry.getByRole('button', { name: 'Copy as curl' }).click();
  await entry.getByRole('button', { name: 'Copied' }).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('X-Twilio-Signature');
  await entry.getByRole('button', { name: 'Edit & resend' }).click();
  const dialog = simulator.getByRole('dialog', { name: 'Edit and resend' });
  await dialog.getByLabel('Body').fill('Another one');
  await dialog.getByLabel('As a new text').check();
  await dialog.getByRole('button', { name: 'Sign and send' }).click();
  await dialog.getByText(/^200 in/).waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await eventually('the edited text', async () => (await bodiesOf('+393331234567')).length === 2);
  expect(await bodiesOf('+393331234567')).toEqual(['Only once, please', 'Another one']);
});

test('Phones send pictures, emoji and keywords', async () => {
  await go('/simulator');
  const simulator = phoneOn(visit.page);
  const customer = '+15005550222';
  await simulator.getByText('+ New phone').click();
  await simulator.getByLabel('Number, as +15005550123').fill(customer);
  await simulator.getByLabel('Name (optional)').fill('Pictures');
  await simulator.getByRole('button', { name: 'Add phone' }).click();
  await simulator.getByRole('button', { name: /^Pictures/, pressed: true }).waitFor();
  await simulator.getByText('Picture', { exact: true }).click();
  await simulator.getByRole('button', { name: 'A sunset' }).click();
  await simulator.getByRole('button', { name: 'Remove the picture' }).waitFor();
  await simulator.locator('summary[aria-label=Emoji]').click();
  await simulator.getByRole('button', { name: '🎉' }).click();
  await simulator.getByRole('button', { name: 'Send', exact: true }).click();
  await simulator.getByRole('img', { name: 'Picture' }).waitFor();
  await simulator.getByRole('button', { name: 'STOP' }).click();
  await eventually('picture and keyword', async () => (await bodiesOf(customer)).length >= 2);
  const [first] = await messagesOf(customer);
  expect(first).toMatchObject({ body: '🎉', media: [{ contentType: 'image/png' }] });
});

test('The bilingual day reaches two numbers, each in the language of its country', async () => {
  await go('/simulator');
  const simulator = phoneOn(visit.page);
  await simulator.getByRole('button', { name: 'Bilingual day' }).click();
  await simulator.getByText('8 texts sent.').waitFor();
  await eventually('both', async () => (await bodiesOf('+5511987650001')).length === 2);
  expect(await bodiesOf('+15005550152')).toEqual(['Do you open on Saturdays?', 'Thanks 👍']);
  expect((await bodiesOf('+5511987650001'))[0]).toMatch(/^Olá/);
});

test('What an admin changes at Twilio is found out', async () => {
  await go('/simulator');
  const simulator = phoneOn(visit.page);
  await simulator.getByRole('link', { name: 'Twilio account' }).click();
  const number = simulator.getByRole('form', { name: 'Vendas (BR) +5511955550001' });
  await number.getByLabel('Webhook URL').fill('https://crm.example.com/sms');
  await number.getByRole('button', { name: 'Save' }).click();
  await number.getByText('is not on this machine').waitFor();

  const { data } = expectStatus(await running.api.get<EntryPointPageDto>('entry-points'), 200);
  const { id } = data.find(({ phoneNumber }) => phoneNumber === SUPORTE)!;
  const report = expectStatus(await running.api.get<EntryPointWebhookDto>(`entry-points/${id}/webhook`), 200);
  expect(report.state).toBe('changed');
  await simulator.getByRole('link', { name: 'Open the board' }).click();
  await visit.page.getByRole('paragraph').filter({ hasText: 'Changed in Twilio' }).waitFor();
  expectStatus(await running.api.post(`entry-points/${id}/webhook`), 200);
});

test('On a narrow screen it covers what is there until one goes elsewhere', async () => {
  const { page } = visit;
  await page.setViewportSize(NARROW);
  await go('/desk?phone=beside');
  await phoneOn(page).getByRole('textbox', { name: 'Message', exact: true }).waitFor();
  expect(await findOverflows(page)).toEqual([]);
  expect(await page.getByRole('main').first().getAttribute('inert')).toBe('');
  await page.getByRole('button', { name: 'Menu', exact: true }).click();
  await page.getByRole('link', { name: 'Activity', exact: true }).click();
  await page.getByRole('heading', { name: 'Activity', level: 1 }).waitFor();
  await page.getByRole('complementary', { name: 'Phone' }).waitFor({ state: 'detached' });
});

describe.each(['light', 'dark'] as const)('In %s colours WCAG 2.2 AA is kept by', (colorScheme) => {
  test.each([
    ['/desk?phone=beside', undefined],
    ['/simulator', undefined],
    ['/simulator', 'Twilio account'],
  ])('%s %s', async (path, view) => {
    const { page, complaints } = visit;
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await go(path);
    const simulator = phoneOn(page);
    await simulator.getByText(/^\d+ characters$/).waitFor();
    if (view !== undefined) {
      await simulator.getByRole('link', { name: view }).click();
      await simulator.getByRole('form').first().waitFor();
    }
    expect(await simulator.locator('html').getAttribute('data-theme')).toBe(colorScheme);
    const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

async function go(path: string): Promise<void> {
  await visit.page.goto(running.url + path);
  await untilLoaded(visit.page);
}

const phoneOn = (page: Page): FrameLocator => page.frameLocator('iframe');

async function text(phone: FrameLocator, body: string): Promise<void> {
  const message = phone.getByRole('textbox', { name: 'Message', exact: true });
  await message.fill(body);
  await message.press('Enter');
  await phone.getByRole('list', { name: 'Messages' }).getByText(body).first().waitFor();
}

async function onSimulator<Answer>(path: string): Promise<Answer> {
  return (await (await fetch(`${running.simulator.url}/sim/v1/${path}`)).json()) as Answer;
}

async function messagesOf(customer: string) {
  const contacts = await running.api.get<ContactPageDto>(`contacts?customer=${encodeURIComponent(customer)}`);
  const [contact] = expectStatus(contacts, 200).data;
  if (contact === undefined) return [];
  return expectStatus(await running.api.get<MessagePageDto>(`contacts/${contact.id}/messages`), 200).data;
}

const bodiesOf = async (customer: string) => (await messagesOf(customer)).map(({ body }) => body);
