import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { CampaignDto, CampaignPageDto } from '../../../src/campaigns/campaign.dto.js';
import type { EntryPointDto, EntryPointPageDto } from '../../../src/entry-points/entry-point.dto.js';
import { signIn } from '../../support/browser.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';
import { eventually } from '../../support/eventually.ts';
import { expectStatus } from '../../support/factories.ts';
import { buildSettledUser } from '../../support/users.ts';

let running: TestConsole;
/** Of two admins. */
let one: Page;
let other: Page;

beforeAll(async () => {
  running = await startConsole();
  [one, other] = await Promise.all([openAsAdmin(), openAsAdmin()]);
});
afterAll(() => running.stop());

test('Who saves an entry point second sees what the first has changed, and overwrites nothing unseen', async () => {
  const { id } = await readEntryPoint();
  for (const page of [one, other]) {
    await page.goto(`${running.url}/entry-points/${id}`);
    await page.getByRole('textbox', { name: 'Name' }).waitFor();
  }
  await one.getByRole('textbox', { name: 'Name' }).fill('Help desk');
  await one.getByRole('textbox', { name: 'Greeting' }).fill('Welcome!');
  await one.getByRole('button', { name: 'Save', exact: true }).click();
  await eventually('the first save', async () => (await readEntryPoint()).name === 'Help desk');

  await other.getByRole('textbox', { name: 'Name' }).fill('Service desk');
  await other.getByLabel('Minutes in which it opens again').fill('30');
  await other.getByRole('button', { name: 'Save', exact: true }).click();
  const told = other.getByRole('alert').filter({ hasText: 'Somebody else has saved this meanwhile' });
  await told.getByText('They changed: Greeting.').waitFor();
  await told.getByText('You both changed: Name.').waitFor();
  expect(await other.getByRole('textbox', { name: 'Greeting' }).inputValue()).toBe('Welcome!');
  expect(await readEntryPoint()).toMatchObject({ name: 'Help desk', greeting: 'Welcome!', reopenMinutes: 0 });

  await other.getByRole('button', { name: 'Save', exact: true }).click();
  await eventually('the second save', async () => (await readEntryPoint()).name === 'Service desk');
  expect(await readEntryPoint()).toMatchObject({ greeting: 'Welcome!', reopenMinutes: 30 });
});

test('The same holds for a campaign, and one may give way to the other', async () => {
  const { id } = await readCampaign();
  const [mine, theirs] = await Promise.all(
    [one, other].map(async (page) => {
      await page.goto(`${running.url}/campaigns?edit=${id}`);
      // Named as the campaign is by now, whoever has named it.
      const drawer = page.getByRole('dialog', { name: /^(Support|Care)$/ });
      await drawer.getByRole('textbox', { name: 'Name' }).waitFor();
      return drawer;
    }),
  );
  await mine!.getByRole('textbox', { name: 'Name' }).fill('Care');
  await mine!.getByRole('button', { name: 'Save' }).click();
  await mine!.waitFor({ state: 'detached' });

  await theirs!.getByRole('textbox', { name: 'Name' }).fill('Customers');
  await theirs!.getByRole('switch', { name: 'SMS Inbound' }).press('Space');
  await theirs!.getByRole('button', { name: 'Save' }).click();
  const told = other.getByRole('alert').filter({ hasText: 'Somebody else has saved this meanwhile' });
  await told.getByText('You both changed: Name.').waitFor();
  expect(await readCampaign()).toMatchObject({ name: 'Care', smsInboundEnabled: true });

  await told.getByRole('button', { name: 'Discard mine, show theirs' }).click();
  const drawer = other.getByRole('dialog', { name: 'Care' });
  expect(await drawer.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Care');
  expect(await drawer.getByRole('switch', { name: 'SMS Inbound' }).isChecked()).toBe(true);
  await drawer.getByRole('button', { name: 'Cancel' }).click();
  await drawer.waitFor({ state: 'detached' });
  expect(await readCampaign()).toMatchObject({ name: 'Care', smsInboundEnabled: true });
});

async function openAsAdmin(): Promise<Page> {
  const { page } = await running.open('/entry-points');
  await signIn(page, await buildSettledUser(running, { role: 'admin' }));
  return page;
}

async function readEntryPoint(): Promise<EntryPointDto> {
  const { data } = expectStatus(await running.api.get<EntryPointPageDto>('entry-points'), 200);
  return data.find(({ phoneNumber }) => phoneNumber === '+15005550006')!;
}

async function readCampaign(): Promise<CampaignDto> {
  return expectStatus(await running.api.get<CampaignPageDto>('campaigns'), 200).data[0]!;
}
