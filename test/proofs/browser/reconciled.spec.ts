import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findOverflows, NARROW, signIn, untilLoaded, type Visit, WIDE } from '../../support/browser.ts';
import { ask } from '../../support/burst.ts';
import { startConsole, type TestConsole } from '../../support/console.ts';
import { eventually } from '../../support/eventually.ts';
import { sendSms } from '../../support/phone.ts';
import { loseSms } from '../../support/reconciliation.ts';

const [CAME, LOST] = ['I came by myself', 'I got lost on the way'];

let running: TestConsole;
let visit: Visit;

beforeAll(async () => {
  running = await startConsole();
  await sendSms(running, { from: '+15005550141', body: CAME });
  await loseSms(running, { from: '+15005550142', body: LOST });
  const databaseUrl = running.databaseUrl;
  await eventually('it is fetched', async () => {
    await ask(databaseUrl, 'UPDATE reconciliations SET due_at = now(), take_until = now()');
    const { found } = await ask<{ found: number }>(
      databaseUrl,
      `SELECT count(*)::int AS found FROM inbound_sms WHERE source = 'reconciled' AND verdict IS NOT NULL`,
    );
    return found === 1;
  });
  visit = await running.open('/health-report');
  await signIn(visit.page, running.admin);
});
afterAll(() => running.stop());

describe('An SMS that was fetched from the list', () => {
  test('is told by the health report, which leads to it and to why', async () => {
    const { page } = visit;
    await page.getByText('never came by webhook and were fetched').waitFor();
    await page.getByRole('link', { name: 'Open what was fetched' }).click();
    await page.getByText(LOST).waitFor();
    expect(await page.getByText(CAME).count()).toBe(0);
    expect(await page.getByLabel('How it came').inputValue()).toBe('reconciled');
    await page.getByRole('listitem').getByText('Reconciled', { exact: true }).waitFor();
    await page.getByRole('link', { name: '+15005550142 →' }).click();
    await page.getByText('It never came by webhook').waitFor();
    await page.getByText('fetched from Twilio’s list on').waitFor();
  });

  test('is one among others until one filters, and the others have no mark', async () => {
    const { page } = visit;
    await page.goto(`${running.url}/activity`);
    await page.getByText(LOST).waitFor();
    const came = page.getByRole('listitem').filter({ hasText: CAME });
    expect(await came.getByText('Reconciled', { exact: true }).count()).toBe(0);
    await page.getByLabel('How it came').selectOption('By webhook');
    await page.waitForURL(/source=webhook/);
    await page.getByText(LOST).waitFor({ state: 'detached' });
    await page.getByText(CAME).waitFor();
  });

  test.each(['light', 'dark'] as const)(
    'keeps WCAG 2.2 AA in %s colours, in the list and by itself',
    async (scheme) => {
      const { page } = visit;
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.goto(`${running.url}/activity?source=reconciled`);
      for (const open of [async () => undefined, () => page.getByRole('link', { name: '+15005550142 →' }).click()]) {
        await open();
        await page.getByText('Reconciled', { exact: true }).last().waitFor();
        await untilLoaded(page);
        const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze();
        expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      }
    },
  );

  test('fits a phone of 360 px, in Italian', async () => {
    const { page } = await running.open('/activity?source=reconciled', { locale: 'it-IT', viewport: NARROW });
    await page.getByLabel('Indirizzo e-mail').fill(running.admin.email);
    await page.getByLabel(/^Password/).fill(running.admin.password);
    await page.getByRole('button', { name: 'Accedi' }).click();
    await page.getByRole('listitem').getByText('Riconciliato', { exact: true }).waitFor();
    await untilLoaded(page);
    expect(await findOverflows(page)).toEqual([]);
    await page.getByRole('link', { name: '+15005550142 →' }).click();
    await page.getByText('Non è mai arrivato dal webhook').waitFor();
    await untilLoaded(page);
    expect(await findOverflows(page)).toEqual([]);
    await page.setViewportSize(WIDE);
  });
});
