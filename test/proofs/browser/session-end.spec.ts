import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { askedAgain, findViolations, signIn, signInAgain, type Visit } from '../../support/browser.ts';
import { accept, composerOf, threadOf, untilLive } from '../../support/desk.ts';
import { eventually } from '../../support/eventually.ts';
import { expectStatus } from '../../support/factories.ts';
import { sendSms } from '../../support/phone.ts';
import { readInbox } from '../../support/replies.ts';
import { startSupportDesk, type SupportDesk } from '../../support/support-desk.ts';
import { Browser, buildSettledUser } from '../../support/users.ts';

let running: SupportDesk;
let visit: Visit;

beforeAll(async () => {
  running = await startSupportDesk();
});
afterAll(() => running.stop());
beforeEach(async () => {
  await visit?.page.context().close();
  visit = await running.openDesk();
});

test('An entry point that was being edited is saved once its admin has signed in again', async () => {
  const { page } = visit;
  await page.goto(`${running.service.url}/entry-points/${running.entryPoint.id}`);
  const name = page.getByRole('textbox', { name: 'Name' });
  await name.fill('Support, renamed');
  await endSession();
  await page.getByRole('button', { name: 'Save', exact: true }).click();

  const dialog = askedAgain(page);
  await dialog.waitFor();
  expect(await dialog.getByLabel('E-mail address').inputValue()).toBe(running.admin.email);
  await page.locator('[type=password]:focus').waitFor();
  await page.keyboard.type('not my password');
  await page.keyboard.press('Enter');
  await dialog.getByText('The e-mail address or the password is wrong.').waitFor();
  expect(await name.inputValue()).toBe('Support, renamed');
  expect(await nameOf(running.entryPoint.id)).toBe('Support EN');

  await signInAgain(page, running.admin);
  await eventually('the new name', async () => (await nameOf(running.entryPoint.id)) === 'Support, renamed');
  await page.getByText('Not saved yet').waitFor({ state: 'detached' });
  expect(visit.complaints.filter(isNoRefusal)).toEqual([]);
});

test('A reply is sent once its agent has signed in again, and once only', async () => {
  const customer = '+15005550171';
  const { page } = visit;
  await sendSms(running.service, { from: customer, body: 'Are you there?' });
  await accept(page, customer);
  await composerOf(page, customer).fill('I am');
  await endSession();
  await askedAgain(page).waitFor();
  await signInAgain(page, running.admin);
  await composerOf(page, customer).and(page.locator(':focus')).waitFor();
  await untilLive(page);
  expect(await composerOf(page, customer).inputValue()).toBe('I am');

  await endSession();
  await composerOf(page, customer).press('Control+Enter');
  await askedAgain(page).waitFor();
  await signInAgain(page, running.admin);
  await threadOf(page).getByText('Delivered').waitFor();
  expect((await readInbox(running.service, customer)).map(({ body }) => body)).toEqual(['I am']);
  await untilLive(page);
  expect(visit.complaints.filter(isNoRefusal)).toEqual([]);
});

test('A campaign and a new user stay as far as they were filled in, behind the dialog and after it', async () => {
  const { page } = visit;
  await page.getByRole('link', { name: 'Campaigns' }).click();
  await page.getByRole('link', { name: 'Support', exact: true }).click();
  const drawer = page.getByRole('dialog', { name: 'Support' });
  await drawer.getByRole('textbox', { name: 'Name' }).fill('Support by night');
  await endSession();
  await drawer.getByRole('button', { name: 'Save' }).click();
  await askedAgain(page).waitFor();
  await page.keyboard.press('Escape');
  await signInAgain(page, running.admin);
  await page.getByRole('link', { name: 'Support by night', exact: true }).waitFor();

  await page.goto(`${running.service.url}/settings?tab=users`);
  await page.getByRole('button', { name: 'Add user' }).first().click();
  const form = page.getByRole('dialog', { name: 'Add user' });
  await form.getByLabel('E-mail address').fill('new@example.com');
  await endSession();
  await form.getByRole('button', { name: 'Add user' }).click();
  await signInAgain(page, running.admin);
  await page.getByRole('listitem').filter({ hasText: 'new@example.com' }).waitFor();
  expect(visit.complaints.filter(isNoRefusal)).toEqual([]);
});

test.each(['light', 'dark'] as const)('The dialog keeps WCAG 2.2 AA in %s colours', async (colorScheme) => {
  const { page } = visit;
  await page.emulateMedia({ colorScheme });
  await endSession();
  await askedAgain(page).waitFor();
  expect(await findViolations(page)).toEqual([]);
});

test('Whoever signs in again in another tab goes on in this one too', async () => {
  const { page, complaints } = visit;
  await page.goto(`${running.service.url}/entry-points/${running.entryPoint.id}`);
  await page.getByRole('textbox', { name: 'Name' }).fill('Half');
  await endSession();
  await askedAgain(page).waitFor();
  const tab = await page.context().newPage();
  await tab.goto(running.service.url);
  await signIn(tab, running.admin);
  await askedAgain(page).waitFor({ state: 'detached' });
  expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Half');
  expect(complaints.filter(isNoRefusal)).toEqual([]);
});

test('Whoever is somebody else signs in, and finds nothing of the one before', async () => {
  const { page, complaints } = visit;
  const agent = await buildSettledUser(running.service, { role: 'agent' });
  await page.goto(`${running.service.url}/entry-points/${running.entryPoint.id}`);
  await page.getByRole('textbox', { name: 'Name' }).fill('Half');
  await endSession();
  await askedAgain(page).getByRole('button', { name: 'Sign in as somebody else' }).click();
  await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
  await signIn(page, agent);
  await page.getByText('Only admins can open this').waitFor();
  expect(complaints.filter(isNoRefusal)).toEqual([]);
});

/** As when the user signs out everywhere from another device. */
async function endSession(): Promise<void> {
  const elsewhere = new Browser(running.service.url);
  expectStatus(await elsewhere.signIn(running.admin.email, running.admin.password), 200);
  expectStatus(await elsewhere.call('DELETE', 'session?everywhere=true'), 204);
}

async function nameOf(id: string): Promise<string> {
  return expectStatus(await running.service.api.get<{ name: string }>(`entry-points/${id}`), 200).name;
}

/** The browser notes each request that was refused, and that the stream was ended; nothing else went wrong. */
const isNoRefusal = (complaint: string): boolean => !/401|events\/stream/.test(complaint);
