import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { EntryPointDto, EntryPointPageDto } from '../../../src/entry-points/entry-point.dto.js';
import { signIn, untilLoaded, type Visit } from '../../support/browser.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';
import { expectStatus } from '../../support/factories.ts';
import { buildForm, postForm } from '../../support/signed-forms.ts';

const NUMBER = '+15005550006';

let running: TestConsole;
let visit: Visit;
let entryPoint: EntryPointDto;

beforeAll(async () => {
  running = await startConsole();
  visit = await running.open('/health-report');
  await signIn(visit.page, running.admin);
  const { data } = expectStatus(await running.api.get<EntryPointPageDto>('entry-points'), 200);
  entryPoint = data.find(({ phoneNumber }) => phoneNumber === NUMBER)!;
});
afterAll(() => running.stop());

const say = (text: string) => visit.page.getByText(text).waitFor();

async function speak(language: 'EN' | 'IT'): Promise<void> {
  await visit.page.getByText(language, { exact: true }).click();
  await visit.page.locator(`html[lang="${language.toLowerCase()}"]`).waitFor();
}

async function open(path: string): Promise<void> {
  await visit.page.goto(running.url + path);
  await untilLoaded(visit.page);
}

test('A console at rest says that everything works, and when it looked', async () => {
  await open('/health-report');
  await visit.page.getByRole('status').filter({ hasText: 'Everything works.' }).waitFor();
  await say('Last check');
  await speak('IT');
  await visit.page.getByRole('status').filter({ hasText: 'Funziona tutto.' }).waitFor();
  await say('All’ultimo controllo il webhook di ogni punto di ingresso attivo era impostato.');
  await speak('EN');
  expect(visit.complaints).toEqual([]);
});

test('A webhook that drifted is named with what is in the way, in both languages, and one click from being set', async () => {
  const { page, complaints } = visit;
  await setAtTwilio('http://127.0.0.1:9/theirs');
  expectStatus(await running.api.get(`entry-points/${entryPoint.id}/webhook`), 200);

  await open('/health-report');
  await say('SMS may not reach "Support EN" (changed at Twilio).');
  await speak('IT');
  await say('Gli SMS potrebbero non arrivare a "Support EN".');
  const row = page.getByRole('listitem').filter({ hasText: 'Modificato su Twilio' }).last();
  await row.getByRole('link', { name: 'Support EN' }).click();
  await say(
    'Twilio invia gli SMS di questo numero a http://127.0.0.1:9/theirs (POST). Imposta il webhook per riceverli qui.',
  );

  await page.getByRole('button', { name: 'Imposta il webhook' }).click();
  const dialog = page.getByRole('dialog', { name: 'Imposta il webhook' });
  await dialog.getByRole('checkbox').press('Space');
  await dialog.getByRole('button', { name: 'Imposta il webhook' }).click();
  await say('Su Twilio c’era: http://127.0.0.1:9/theirs (POST).');
  await say(`Ora su Twilio c’è: ${entryPoint.webhookUrl} (POST).`);

  await open('/health-report');
  await page.getByRole('status').filter({ hasText: 'Funziona tutto.' }).waitFor();
  await speak('EN');
  expect(complaints).toEqual([]);
});

test('Requests with a wrong signature are counted where people look, with what they were checked against', async () => {
  const { webhookUrl } = entryPoint;
  const answer = await postForm(webhookUrl, buildForm(), { 'X-Twilio-Signature': 'wrong' });
  expect(answer.status).toBe(403);
  for (const path of ['/health-report', '/activity']) {
    await open(path);
    await say(`They were checked against ${running.url} and the stored AUTH TOKEN`);
    await speak('IT');
    await say('Negli ultimi 15 minuti è stata rifiutata 1 richiesta al webhook');
    await speak('EN');
  }
  expect(visit.complaints).toEqual([]);
});

test('What the service refuses, and why, is said in Italian too', async () => {
  const { page } = visit;
  await open('/settings?tab=blocked-senders');
  await speak('IT');
  const block = async (sender: string): Promise<void> => {
    await page.getByRole('button', { name: 'Blocca mittente' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Blocca mittente' });
    await dialog.getByRole('textbox', { name: 'Mittente' }).fill(sender);
    await dialog.getByRole('button', { name: 'Blocca mittente' }).click();
  };
  await block('+15005550199');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await block('+15005550199');
  await say('+15005550199 è già bloccato.');
  await page.getByRole('dialog').getByRole('textbox', { name: 'Mittente' }).fill('?');
  await page.getByRole('dialog').getByRole('button', { name: 'Blocca mittente' }).click();
  await say('Usa un numero come +15005550101, un numero breve o il nome di un mittente.');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await speak('EN');
  // The browser notes each refusal; nothing else went wrong.
  expect(visit.complaints.filter((complaint) => !/409|422/.test(complaint))).toEqual([]);
  visit.complaints.length = 0;
});

test('Numbers stand in groups, and are copied as they are', async () => {
  const { page, complaints } = visit;
  await open('/entry-points');
  const number = page.getByRole('region', { name: 'Support EN' }).locator('bdi', { hasText: NUMBER });
  await number.locator('span', { hasText: /^0006$/ }).waitFor();
  expect(await number.locator('span').allTextContents()).toEqual(['+1', '500', '555', '0006']);
  expect(await number.textContent()).toBe(NUMBER);
  expect(complaints).toEqual([]);
});

async function setAtTwilio(smsUrl: string): Promise<void> {
  const answer = await fetch(`${running.simulator.url}/sim/v1/numbers/${NUMBER}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ smsUrl }),
  });
  expect(answer.status).toBe(200);
}
