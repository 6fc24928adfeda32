import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { findViolations, signIn } from '../../support/browser.ts';
import type { CannedReplyPageDto } from '../../../src/canned-replies/canned-reply.dto.js';
import { startConsole, type TestConsole } from '../../support/console.ts';
import { eventually } from '../../support/eventually.ts';
import { expectStatus } from '../../support/factories.ts';
import { sendSms } from '../../support/phone.ts';
import { buildSettledUser } from '../../support/users.ts';

const CUSTOMER = '+15005550161';
const HOURS = 'We are open from 9 to 18, Monday to Friday.';

let running: TestConsole;

beforeAll(async () => {
  running = await startConsole();
});
afterAll(() => running.stop());

test('An admin writes canned replies; an agent finds one by a slash, changes it and sends it', async () => {
  const { page, complaints } = await running.open('/settings?tab=canned-replies');
  await signIn(page, running.admin);
  await page.getByText('No canned replies yet').waitFor();
  for (const [shortcut, text] of [
    ['/Hours', HOURS],
    ['address', 'Main Street 1, on the first floor.'],
    ['thanks', 'Thank you for writing.'],
  ]) {
    await page.getByRole('button', { name: 'Add canned reply' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add canned reply' });
    await dialog.getByLabel('Shortcut').fill(shortcut!);
    await dialog.getByLabel('Text').fill(text!);
    expect(await findViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
  }
  const rows = page.getByRole('list', { name: 'Canned replies' }).getByRole('listitem');
  await eventually('all are listed', async () => (await rows.count()) === 3);
  expect((await rows.allTextContents()).map((text) => text.split(/(?=[A-Z])/)[0])).toEqual([
    '/address',
    '/hours',
    '/thanks',
  ]);

  await page.getByRole('button', { name: 'Add canned reply' }).click();
  const again = page.getByRole('dialog', { name: 'Add canned reply' });
  await again.getByLabel('Shortcut').fill('hours');
  await again.getByLabel('Text').fill('Another');
  await again.getByRole('button', { name: 'Save' }).click();
  await again.getByText('There is already a canned reply "/hours".').waitFor();
  await again.getByRole('button', { name: 'Cancel' }).click();

  await page.getByRole('button', { name: 'Change /address' }).click();
  const change = page.getByRole('dialog', { name: 'Change canned reply' });
  await change.getByLabel('Text').fill('Main Street 2.');
  await change.getByRole('button', { name: 'Save' }).click();
  await rows.getByText('Main Street 2.').waitFor();
  await page.getByRole('button', { name: 'Delete /thanks' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await eventually('it is gone', async () => (await rows.count()) === 2);
  // The one complaint: of the shortcut that was taken.
  expect(complaints).toEqual([expect.stringContaining('409')]);
});

test('An admin whose change is overtaken sees what it is by now, before putting another in its place', async () => {
  const { page } = await running.open('/settings?tab=canned-replies');
  await signIn(page, running.admin);
  await page.getByRole('button', { name: 'Change /address' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change canned reply' });
  await dialog.getByLabel('Text').fill('Main Street 3.');
  const { body } = await running.api.get<CannedReplyPageDto>('canned-replies');
  const { id } = body.data.find(({ shortcut }) => shortcut === 'address')!;
  const textNow = async (): Promise<string | undefined> =>
    (await running.api.get<CannedReplyPageDto>('canned-replies')).body.data.find((each) => each.id === id)?.text;
  expectStatus(await running.api.patch(`canned-replies/${id}`, { text: 'Back Street 1.' }), 200);

  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('By now it is /address: “Back Street 1.”').waitFor();
  expect(await dialog.getByLabel('Text').inputValue()).toBe('Main Street 3.');
  expect(await textNow()).toBe('Back Street 1.');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await textNow()).toBe('Main Street 3.');
});

test('A slash offers them, by keys alone, and sends nothing', async () => {
  const agent = await buildSettledUser(running);
  const { page, complaints } = await running.open('/desk');
  await signIn(page, agent);
  await sendSms(running, { from: CUSTOMER, body: 'When are you open?' });
  await page.getByRole('button', { name: `Accept ${CUSTOMER}` }).click();
  const reply = page.getByRole('textbox', { name: `Reply to ${CUSTOMER}` });
  const list = page.getByRole('listbox', { name: 'Canned replies' });
  const current = () => list.getByRole('option', { selected: true }).textContent();
  await reply.waitFor();
  await eventually('the focus is where one writes', () => reply.evaluate((each) => each === document.activeElement));

  await page.keyboard.type('/');
  await list.waitFor();
  expect(await list.getByRole('option').count()).toBe(2);
  expect(await current()).toContain('/address');
  expect(await findViolations(page)).toEqual([]);
  await page.keyboard.press('ArrowDown');
  expect(await current()).toContain('/hours');
  const active = await reply.getAttribute('aria-activedescendant');
  expect(await page.locator(`[id="${active}"]`).textContent()).toContain('/hours');
  await page.keyboard.press('Escape');
  await list.waitFor({ state: 'hidden' });
  expect(await reply.inputValue()).toBe('/');
  expect(await reply.evaluate((each) => each === document.activeElement)).toBe(true);

  await reply.fill('');
  await page.keyboard.type('/ho');
  await list.waitFor();
  expect(await list.getByRole('option').count()).toBe(1);
  await page.keyboard.press('Control+Enter');
  expect(await reply.inputValue()).toBe(HOURS);
  await list.waitFor({ state: 'hidden' });
  await page.keyboard.press('End');
  await page.keyboard.type(' See you!');
  const thread = page.getByRole('region', { name: 'Thread' });
  expect(await thread.locator('[data-direction=outbound]').count()).toBe(0);
  await page.keyboard.press('Control+Enter');
  await thread.getByText('Delivered').waitFor();
  await thread.getByText(`${HOURS} See you!`).waitFor();

  // In the middle of a text a slash is a slash.
  await page.keyboard.type('24/7');
  expect(await list.isVisible()).toBe(false);
  expect(complaints).toEqual([]);
});
