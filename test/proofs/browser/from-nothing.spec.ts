import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { fillSignIn } from '../../support/browser.ts';
import { type EmptyConsole, startEmptyConsole } from '../../support/console.ts';
import { accept, composerOf, reply, threadOf } from '../../support/desk.ts';
import { eventually } from '../../support/eventually.ts';
import { sendSms } from '../../support/phone.ts';
import { readInbox } from '../../support/replies.ts';
import { TwilioConsole } from '../../support/twilio-console.ts';
import { FIRST_ADMIN, readFirstAdminPassword } from '../../support/users.ts';

const NUMBER = '+15005550007';
const CUSTOMER = '+15005550151';
const OWN_PASSWORD = 'only I know this one';

let running: EmptyConsole;

beforeAll(async () => {
  running = await startEmptyConsole();
});
afterAll(() => running.stop());

test('From a fresh installation to the first answered SMS, all of it in the console', async () => {
  const { page, complaints } = await running.open('/');
  await signInFirst(page);
  await page.getByText('1 of 7 done').waitFor();
  await expectTaken(page, ['Database ready']);

  await connectTwilio(page);
  await makeCampaign(page);
  await makeEntryPoint(page);
  await setWebhook(page);

  await page.getByRole('link', { name: 'Start' }).click();
  await page.getByText('5 of 7 done').waitFor();
  const desk = await page.context().newPage();
  await desk.goto(`${running.service.url}/desk`);
  await answerFirstContact(desk);

  // Nobody has touched this page meanwhile.
  await page.getByText('All done: SMS come in and agents answer them.').waitFor();
  expect(await stepsOf(page).filter({ hasText: '(still to do)' }).count()).toBe(0);
  expect(complaints).toEqual([expect.stringContaining('422')]);
});

async function signInFirst(page: Page): Promise<void> {
  const { dataDir } = running.service;
  const password = await readFirstAdminPassword(dataDir);
  expect((await stat(join(dataDir, 'first-admin-password'))).mode & 0o777).toBe(0o600);
  await fillSignIn(page, { email: FIRST_ADMIN, password });
  await page.getByRole('heading', { name: 'Choose a password' }).waitFor();
  await page.getByLabel(/^Password until now/).fill(password);
  await page.getByLabel(/^New password/).fill(OWN_PASSWORD);
  await page.getByRole('button', { name: 'Change the password' }).click();
  await page.getByRole('heading', { name: 'First steps' }).waitFor();
}

async function connectTwilio(page: Page): Promise<void> {
  const { accountSid, authToken } = running.service.simulator;
  await stepsOf(page).filter({ hasText: 'Twilio connected' }).getByRole('link').click();
  await page.getByLabel(/^ACCOUNT SID/).fill(accountSid);
  const token = page.getByLabel(/^AUTH TOKEN/);
  await token.fill('0'.repeat(32));
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await eventually('what is wrong, at the field', async () => (await token.getAttribute('aria-invalid')) === 'true');
  expect(await descriptionOf(token)).toContain('Twilio does not take this token with this ACCOUNT SID.');

  await token.fill(authToken);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await page.getByText('Twilio took the AUTH TOKEN at the last check.').waitFor();
  expect((await page.content()).includes(authToken)).toBe(false);
}

async function makeCampaign(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Campaigns' }).click();
  await page.getByRole('link', { name: 'Add new' }).first().click();
  const drawer = page.getByRole('dialog', { name: 'New campaign' });
  await drawer.getByRole('textbox', { name: 'Name' }).fill('Support');
  const languages = drawer.getByRole('combobox', { name: 'Languages' });
  for (const [typed, name] of [
    ['en-US', 'English (US)'],
    ['brazil', 'Portuguese (Brazil)'],
  ] as const) {
    await languages.fill(typed);
    await drawer.getByRole('option', { name }).click();
  }
  await drawer.getByRole('button', { name: 'Save' }).click();
  await drawer.waitFor({ state: 'detached' });
  const made = page.getByRole('list', { name: 'Campaigns' }).getByRole('listitem').filter({ hasText: 'Support' });
  await made.getByText('English (US) (default)').waitFor();
  await made.getByText('Portuguese (Brazil)').waitFor();
}

async function makeEntryPoint(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Start' }).click();
  await stepsOf(page).filter({ hasText: 'An entry point' }).getByRole('link').click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Sales');
  const numbers = page.getByRole('listbox', { name: 'Phone number' });
  for (const group of ['Free (4)', 'Used by another system (1)', 'Cannot receive SMS (1)']) {
    await numbers.getByText(group).waitFor();
  }
  const option = numbers.getByRole('option', { name: NUMBER });
  await option.getByText('Goes to https://crm.example.com/sms').waitFor();
  await option.click();
  await page.getByText(`Chosen: ${NUMBER} Sales (US)`).waitFor();
}

async function setWebhook(page: Page): Promise<void> {
  const atTwilio = new TwilioConsole(running.service);
  await page.getByRole('button', { name: 'Save & set' }).click();
  const dialog = page.getByRole('dialog', { name: 'Set webhook' });
  await dialog.getByText('https://crm.example.com/sms (POST)').waitFor();
  const after = dialog.getByText(/\/webhooks\/twilio\/sms\/[a-z0-9]+ \(POST\)/);
  await after.waitFor();
  expect((await atTwilio.getNumber(NUMBER)).smsUrl).toBe('https://crm.example.com/sms');
  const url = (await after.textContent())!.replace(' (POST)', '');

  await dialog.getByRole('checkbox', { name: /overwrites what another system uses/ }).check();
  await dialog.getByRole('button', { name: 'Set webhook' }).click();
  for (const step of ['Looked at what was there', 'Kept it', 'Wrote it to Twilio', 'Read it back']) {
    await page.getByRole('listitem').filter({ hasText: step }).waitFor();
  }
  await page.getByText('Webhook set').waitFor();
  expect((await atTwilio.getNumber(NUMBER)).smsUrl.split('#')[0]).toBe(url);
}

async function answerFirstContact(page: Page): Promise<void> {
  const { simulator } = running.service;
  await page.getByText('Nobody is waiting').waitFor();
  const sentAt = performance.now();
  await sendSms({ simulator }, { from: CUSTOMER, to: NUMBER, body: 'Is anybody there?' });
  await page.getByRole('button', { name: `Accept ${CUSTOMER}` }).waitFor();
  const shownAfterMs = Math.round(performance.now() - sentAt);
  console.log(`From the phone to the open desk: ${shownAfterMs} ms`);
  expect(shownAfterMs).toBeLessThan(10_000);

  await accept(page, CUSTOMER);
  await reply(page, CUSTOMER, 'Yes, we are.');
  await threadOf(page).getByText('Delivered').waitFor();
  const [answer] = await readInbox({ simulator }, CUSTOMER);
  expect(answer).toMatchObject({ from: NUMBER, body: 'Yes, we are.', status: 'delivered' });

  const close = threadOf(page).getByRole('button', { name: /^Close/ });
  await close.click();
  await page.getByRole('alert').getByRole('button', { name: 'Undo' }).click();
  await composerOf(page, CUSTOMER).waitFor();
  await close.click();
  await threadOf(page).getByText('This contact is closed.').waitFor();
}

const stepsOf = (page: Page): Locator => page.getByRole('list', { name: 'First steps' }).getByRole('listitem');

async function expectTaken(page: Page, titles: string[]): Promise<void> {
  const taken = await stepsOf(page).filter({ hasText: '(done)' }).allTextContents();
  expect(taken).toEqual(titles.map((title) => expect.stringContaining(title)));
}

const descriptionOf = (input: Locator): Promise<string> =>
  input.evaluate((element) =>
    (element.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent)
      .join(' '),
  );
