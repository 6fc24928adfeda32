// Takes the pictures of the console in docs/screenshots: a demo with a few customers, looked at in a browser.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser, openPage, signIn, untilLoaded, WIDE } from '../support/browser.ts';
import { startDemo } from '../stack/demo-process.ts';
import { accept, reply, untilLive } from '../support/desk.ts';
import { sendSms } from '../support/phone.ts';
import { TwilioConsole } from '../support/twilio-console.ts';
import { makeTemporaryFolder } from '../../scripts/temporary-folder.ts';

const PHONE = { width: 390, height: 844 };
const SUPPORT = '+15005550006';
const SUPORTE = '+5511955550001';
const ADA = '+15005550141';

const LOOKS = [
  { suffix: 'light', colorScheme: 'light', size: WIDE },
  { suffix: 'dark', colorScheme: 'dark', size: WIDE },
  { suffix: '390', colorScheme: 'light', size: PHONE },
] as const;
let look: (typeof LOOKS)[number] = LOOKS[0];

const folderOfPictures = join(import.meta.dirname, '../../docs/screenshots');
mkdirSync(folderOfPictures, { recursive: true });
const folder = await makeTemporaryFolder('screenshots');
const { demo, stop } = await startDemo({ DATA_DIR: folder.path });
const { baseUrl, simulatorUrl, adminEmail, adminPassword } = demo as Record<
  'baseUrl' | 'simulatorUrl' | 'adminEmail' | 'adminPassword',
  string
>;
const simulator = { url: simulatorUrl };
const atTwilio = new TwilioConsole({ simulator });
const browser = await launchBrowser();
try {
  const { page, complaints } = await openPage(browser);
  await page.goto(`${baseUrl}/desk`);
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  await inEachLook(page, () => take(page, 'sign-in'));
  await signIn(page, { email: adminEmail, password: adminPassword });
  await talk(page);
  const screens = {
    'entry-points': '/entry-points',
    editor: await linkOf(page, '/entry-points', 'Support EN'),
    desk: await linkOf(page, '/desk?tab=mine', ADA),
    activity: '/activity',
    health: '/health-report',
    settings: '/settings',
    phone: '/simulator',
    welcome: '/welcome',
    campaigns: '/campaigns',
    'campaign-drawer': await linkOf(page, '/campaigns', 'Support'),
    'activity-detail': await linkOf(page, '/activity', '+15005550144'),
  };
  await inEachLook(page, async () => {
    for (const [name, path] of Object.entries(screens)) {
      await page.goto(new URL(path, baseUrl).href);
      await untilLive(page);
      await take(page, name);
    }
    const { smsUrl } = await atTwilio.getNumber(SUPPORT);
    await atTwilio.changeNumber(SUPPORT, { smsUrl: 'https://crm.example.com/sms' });
    await page.goto(new URL(screens.editor, baseUrl).href);
    await page.getByText('Changed in Twilio').waitFor();
    await page.getByRole('button', { name: 'Set webhook' }).click();
    await page.getByRole('dialog', { name: 'Set webhook' }).getByRole('checkbox').waitFor();
    await take(page, 'webhook-dialog');
    await atTwilio.changeNumber(SUPPORT, { smsUrl });
    await page.reload();
    await page.getByText('Webhook set').waitFor();
  });
  await page.evaluate(() => localStorage.setItem('sms-inbound.language', 'it'));
  await inEachLook(page, async () => {
    await page.goto(new URL(screens.desk, baseUrl).href);
    await page.getByRole('status').getByText('Aggiornato').waitFor();
    await take(page, 'desk-italian');
  });
  if (complaints.length > 0) throw new Error(`The browser complained:\n${complaints.join('\n')}`);
} finally {
  await browser.close();
  await stop();
  await folder.remove();
}

/** Customers text; one of them is being answered. */
async function talk(page: Page): Promise<void> {
  await sendSms({ simulator }, { from: ADA, to: SUPPORT, body: 'Hi, my order 4711 has not arrived. Where is it?' });
  await accept(page, ADA);
  await answer(page, 'Good morning! It left our warehouse today and reaches you tomorrow before noon.');
  await sendSms({ simulator }, { from: ADA, to: SUPPORT, body: 'Perfect. Can I still change the address? 🙂' });
  await page.getByText('Can I still change the address?').last().waitFor();
  await answer(page, 'Of course. Which one should it go to?');
  for (const sms of [
    { from: '+15005550142', to: SUPPORT, body: 'Do you open on Saturdays?' },
    { from: '+15005550143', to: SUPORTE, body: 'Olá, preciso trocar o tamanho do meu pedido.' },
    { from: '+15005550144', to: SUPPORT, body: 'The blue one arrived broken. What can I do?' },
  ]) {
    await sendSms({ simulator }, sms);
    await page.getByRole('link', { name: sms.from }).waitFor();
  }
}

async function answer(page: Page, body: string): Promise<void> {
  await reply(page, ADA, body);
  const bubble = page.getByRole('region', { name: 'Thread' }).locator('[data-direction=outbound]');
  await bubble.filter({ hasText: body }).getByText('Delivered').waitFor();
}

async function linkOf(page: Page, path: string, name: string): Promise<string> {
  await page.goto(`${baseUrl}${path}`);
  const href = await page.getByRole('link', { name }).first().getAttribute('href');
  if (href === null) throw new Error(`${name} on ${path} leads nowhere`);
  return href;
}

/** In light and dark colours, and on a phone. */
async function inEachLook(page: Page, show: () => Promise<void>): Promise<void> {
  for (look of LOOKS) {
    await page.emulateMedia({ colorScheme: look.colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize(look.size);
    await show();
  }
  await page.setViewportSize(WIDE);
}

async function take(page: Page, name: string): Promise<void> {
  await untilLoaded(page);
  if (name === 'phone')
    await page
      .frameLocator('iframe')
      .getByText(/^Delivered to http/)
      .first()
      .waitFor();
  await page.screenshot({ path: join(folderOfPictures, `${name}-${look.suffix}.png`), animations: 'disabled' });
}
