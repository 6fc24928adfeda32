import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { ContactDto, ContactPageDto } from '../../../src/contacts/contact.dto.js';
import { fillSignIn, NARROW, findOverflows, signIn, untilLoaded } from '../../support/browser.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';
import { eventually } from '../../support/eventually.ts';
import { expectStatus } from '../../support/factories.ts';
import { sendSms } from '../../support/phone.ts';
import { buildSettledUser } from '../../support/users.ts';

let running: TestConsole;

beforeAll(async () => {
  running = await startConsole();
});
afterAll(() => running.stop());

test('An agent signs in, takes a contact that appears by itself, answers it, sees the opt-out and closes it', async () => {
  const customer = '+15005550121';
  const { admin, open } = running;
  const { page, complaints } = await open('/desk');
  await fillSignIn(page, { ...admin, password: 'not the password' });
  await page
    .getByRole('alert')
    .getByText(/password/i)
    .waitFor();
  await signIn(page, admin);
  await page.getByText('Nobody is waiting').waitFor();
  await page.getByRole('status').getByText('Up to date').waitFor();

  const sentAt = performance.now();
  await sendSms(running, { from: customer, body: 'My order is late' });
  const accept = page.getByRole('button', { name: `Accept ${customer}` });
  await accept.waitFor();
  const shownAfterMs = Math.round(performance.now() - sentAt);
  console.log(`From the phone to the open desk: ${shownAfterMs} ms`);
  expect(shownAfterMs).toBeLessThan(5_000);

  await accept.click();
  const reply = page.getByRole('textbox', { name: `Reply to ${customer}` });
  await reply.fill('It left our house this morning.');
  await reply.press('Control+Enter');
  const thread = threadOf(page);
  await thread.getByText('It left our house this morning.').waitFor();
  await thread.getByText('Delivered').waitFor();
  await eventually('the reply on the phone', async () =>
    (await textsOn(customer)).includes('It left our house this morning.'),
  );
  expect(await reply.inputValue()).toBe('');

  await sendSms(running, { from: customer, body: 'STOP' });
  await thread.getByText('The customer has opted out of texts from this number (STOP).').waitFor();
  await reply.waitFor({ state: 'detached' });

  await thread.getByRole('button', { name: /^Close/ }).click();
  await thread.getByText('This contact is closed.').waitFor();
  expect(await contactOf(customer)).toMatchObject({ state: 'closed', optedOut: true });
  expect(complaints).toEqual([]);
});

test('Of two agents who accept the same contact at once one gets it, and the other is told', async () => {
  const customer = '+15005550122';
  const { api, url, open } = running;
  const users = [await buildSettledUser({ api, url }), await buildSettledUser({ api, url })];
  const desks = await Promise.all(users.map(() => open('/desk')));
  for (const [i, { page }] of desks.entries()) {
    await signIn(page, users[i]!);
  }
  const bothHavePressed = Promise.withResolvers<void>();
  let pressed = 0;
  for (const { page } of desks) {
    await page.route('**/api/v1/contacts/*/accept', async (route) => {
      if (++pressed === desks.length) bothHavePressed.resolve();
      await bothHavePressed.promise;
      await route.continue();
    });
  }
  await sendSms(running, { from: customer, body: 'Who is it going to be?' });
  await Promise.all(desks.map(({ page }) => page.getByRole('button', { name: `Accept ${customer}` }).click()));

  const told = await Promise.all(
    desks.map(async ({ page }) => {
      const reply = page.getByRole('textbox', { name: `Reply to ${customer}` });
      const lost = page.getByText('Another agent accepted this contact.');
      await reply.or(lost).first().waitFor();
      return (await lost.isVisible()) ? 'lost' : 'got it';
    }),
  );
  expect(told.toSorted()).toEqual(['got it', 'lost']);
  const winner = told.indexOf('got it');
  expect(await contactOf(customer)).toMatchObject({ state: 'active', agentId: users[winner]!.id });
  expect(desks[winner]!.complaints).toEqual([]);
  expect(desks[1 - winner]!.complaints).toEqual([expect.stringContaining('409')]);
});

test('Whatever a customer writes is shown as text, and breaks nothing', async () => {
  const customer = '+15005550123';
  const texts = {
    markup: '<script>alert(1)</script><img src=x onerror=alert(2)>',
    bidi: 'Pay \u202Egpj.exe\u2066 now \u202B\u202D \u05D0\u05D1',
    marks: `Z${'\u0301\u0327\u0489\u0310'.repeat(399)}\u0301\u0301\u0301`,
    link: `https://example.com/${'a'.repeat(1_480)}`,
  };
  const { page, complaints } = await running.open('/desk');
  await signIn(page, running.admin);
  for (const body of Object.values(texts)) await sendSms(running, { from: customer, body });
  await page.getByRole('button', { name: `Accept ${customer}` }).click();
  await page.getByRole('textbox', { name: `Reply to ${customer}` }).waitFor();
  for (const body of Object.values(texts)) {
    await eventually('the text as it was sent', async () =>
      (await threadOf(page).locator('[dir=auto]').allTextContents()).includes(body),
    );
  }
  expect(await page.locator('script:text("alert"), img[src=x]').count()).toBe(0);
  await expectNoOverflow(page);

  await page.getByRole('link', { name: 'Activity', exact: true }).click();
  await page.getByText(texts.markup).first().waitFor();
  await expectNoOverflow(page);
  expect(complaints).toEqual([]);
});

const threadOf = (page: Page) => page.getByRole('region', { name: 'Thread' });

async function expectNoOverflow(page: Page): Promise<void> {
  const wide = page.viewportSize()!;
  for (const size of [wide, NARROW]) {
    await page.setViewportSize(size);
    await untilLoaded(page);
    expect({ ...size, tooWide: await findOverflows(page) }).toEqual({ ...size, tooWide: [] });
  }
  await page.setViewportSize(wide);
}

async function contactOf(customer: string): Promise<ContactDto | undefined> {
  const path = `contacts?customer=${encodeURIComponent(customer)}`;
  return expectStatus(await running.api.get<ContactPageDto>(path), 200).data[0];
}

async function textsOn(phone: string): Promise<string[]> {
  const answer = await fetch(`${running.simulator.url}/sim/v1/phones/${phone}/messages`);
  const { messages } = (await answer.json()) as { messages: { body: string; status: string }[] };
  return messages.filter(({ status }) => status === 'delivered').map(({ body }) => body);
}
