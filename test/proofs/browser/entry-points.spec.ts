import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { EntryPointDto, EntryPointPageDto } from '../../../src/entry-points/entry-point.dto.js';
import { signIn, untilLoaded, type Visit } from '../../support/browser.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';
import { eventually } from '../../support/eventually.ts';
import { expectStatus } from '../../support/factories.ts';

const ENGLISH = '+15005550006';
const PORTUGUESE = '+5511955550001';

let running: TestConsole;
let visit: Visit;

beforeAll(async () => {
  running = await startConsole();
  visit = await running.open('/entry-points');
  await signIn(visit.page, running.admin);
});
afterAll(() => running.stop());

test('The board shows each entry point; its switch disables it and enables it again', async () => {
  const { page, complaints } = visit;
  await page.goto(`${running.url}/entry-points`);
  for (const [name, number] of [
    ['Support EN', ENGLISH],
    ['Suporte PT', PORTUGUESE],
  ] as const) {
    const card = page.getByRole('region', { name });
    await card.getByText(number).waitFor();
    await card.getByText('Webhook set').waitFor();
  }
  const activation = page.getByRole('switch', { name: 'Active: Support EN' });
  for (const isEnabled of [false, true]) {
    await activation.press('Space');
    await eventually('the switch in the API', async () => (await readEntryPoint()).enabled === isEnabled);
    expect(await activation.isChecked()).toBe(isEnabled);
  }
  expect(complaints).toEqual([]);
});

test('An entry point is renamed in its editor', async () => {
  const { page, complaints } = visit;
  await page.goto(`${running.url}/entry-points`);
  await page.getByRole('link', { name: 'Suporte PT' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Atendimento');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await eventually('the name in the API', async () => (await readEntryPoint(PORTUGUESE)).name === 'Atendimento');
  await page.getByRole('link', { name: 'Entry points' }).first().click();
  await page.getByRole('region', { name: 'Atendimento' }).waitFor();
  expect(complaints).toEqual([]);
});

test('A number that another entry point has cannot be chosen, and says which one has it', async () => {
  const { page, complaints } = visit;
  await page.goto(`${running.url}/entry-points/new`);
  await page.getByRole('combobox', { name: 'Search the numbers' }).fill(ENGLISH);
  const option = page.getByRole('option', { name: ENGLISH });
  await option.getByText('Used by Support EN').waitFor();
  expect(await option.getAttribute('aria-disabled')).toBe('true');
  await option.dispatchEvent('click');
  await page.getByText(`${ENGLISH} is used by another entry point:`).waitFor();
  expect(await option.getAttribute('aria-selected')).toBe('false');
  expect(complaints).toEqual([]);
});

test('A webhook that somebody changed at Twilio is seen, set again only with consent, and can be restored', async () => {
  const { page, complaints } = visit;
  const theirs = 'http://127.0.0.1:9/theirs';
  const ours = (await readEntryPoint()).webhookUrl;
  await setAtTwilio(theirs);
  await page.goto(`${running.url}/entry-points/${(await readEntryPoint()).id}`);
  await page.getByText('Changed in Twilio').waitFor();
  await untilLoaded(page);

  await page.getByRole('button', { name: 'Set webhook' }).click();
  const setting = page.getByRole('dialog', { name: 'Set webhook' });
  await setting.getByText(theirs).waitFor();
  const set = setting.getByRole('button', { name: 'Set webhook' });
  expect(await set.isDisabled()).toBe(true);
  await setting.getByRole('checkbox').press('Space');
  await set.click();
  await page.getByText('Wrote it to Twilio').waitFor();
  await page.getByText('Webhook set').waitFor();
  expect((await readAtTwilio())?.split('#')[0]).toBe(ours);

  await page.getByRole('button', { name: 'Restore previous' }).click();
  const restoring = page.getByRole('dialog', { name: 'Restore previous' });
  await restoring.getByText(theirs).waitFor();
  await restoring.getByRole('button', { name: 'Restore previous' }).click();
  await restoring.waitFor({ state: 'detached' });
  expect(await readAtTwilio()).toBe(theirs);
  expect(complaints).toEqual([]);
});

async function readEntryPoint(phoneNumber = ENGLISH): Promise<EntryPointDto> {
  const { data } = expectStatus(await running.api.get<EntryPointPageDto>('entry-points'), 200);
  return data.find((each) => each.phoneNumber === phoneNumber)!;
}

async function setAtTwilio(smsUrl: string): Promise<void> {
  const answer = await fetch(`${running.simulator.url}/sim/v1/numbers/${ENGLISH}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ smsUrl }),
  });
  expect(answer.status).toBe(200);
}

async function readAtTwilio(): Promise<string | undefined> {
  const answer = await fetch(`${running.simulator.url}/sim/v1/account`);
  const { numbers } = (await answer.json()) as { numbers: { phoneNumber: string; smsUrl: string }[] };
  return numbers.find(({ phoneNumber }) => phoneNumber === ENGLISH)?.smsUrl;
}
