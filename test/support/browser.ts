import { AxeBuilder } from '@axe-core/playwright';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';

export const WIDE = { width: 1280, height: 800 };
export const NARROW = { width: 360, height: 740 };

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

// Chromium must not use the network, for updates or anything else.
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A page in its own browser context. */
export interface Visit {
  page: Page;
  /** Errors of the page and of its console (including what the CSP blocked), and dialogs that opened. */
  complaints: string[];
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: ARGS });
}

/** Opens a page with its own cookies; nobody is signed in. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ viewport: WIDE, locale: 'en-US', reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`${error.name}: ${error.message}`));
  page.on('dialog', (dialog) => {
    complaints.push(`Dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    const { url } = message.location();
    const isSignedOut = url.endsWith('/api/v1/session') && message.text().includes('401');
    if (message.type() === 'error' && !isSignedOut) complaints.push(`${message.text()} (${url})`);
  });
  return { page, complaints };
}

export interface Credentials {
  email: string;
  password: string;
}

/** Fills in the sign-in form that the page shows, and waits for the screen behind it. */
export async function signIn(page: Page, credentials: Credentials): Promise<void> {
  await fillSignIn(page, credentials);
  await page.getByRole('button', { name: 'Your account' }).waitFor();
}

export async function fillSignIn(page: Page, { email, password }: Credentials): Promise<void> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel(/^Password/).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** The dialog that asks the user to sign in again when the session has ended. */
export const askedAgain = (page: Page): Locator => page.getByRole('dialog', { name: 'Your session has ended' });

export async function signInAgain(page: Page, { password }: Pick<Credentials, 'password'>): Promise<void> {
  const dialog = askedAgain(page);
  await dialog.getByLabel(/^Password/).fill(password);
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** Waits until a screen shows its first content and all transitions have ended. */
export async function untilLoaded(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
  await page.waitForFunction(() => document.querySelector('.mantine-Skeleton-root, .mantine-Loader-root') === null);
  await page.waitForFunction(() => document.getAnimations().every((each) => !(each instanceof CSSTransition)));
}

/** Finds what is too wide: the page, or an element in it that scrolls vertically. Tables may scroll sideways. */
export function findOverflows(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const over = ({ scrollWidth, clientWidth }: Element): number => scrollWidth - clientWidth;
    const scrollers = [...document.querySelectorAll('main *')].filter(
      (each) => ['auto', 'scroll'].includes(getComputedStyle(each).overflowY) && each.querySelector('table') === null,
    );
    return [document.documentElement, ...scrollers]
      .filter((each) => over(each) > 0)
      .map((each) => `${each.localName}.${each.className}: ${over(each)} px too wide`);
  });
}

/** Finds violations of WCAG 2.2 AA. */
export async function findViolations(page: Page): Promise<object[]> {
  // While text fades in, its contrast is too low.
  await page.waitForFunction(() =>
    document.getAnimations().every(({ effect }) => effect?.getComputedTiming().endTime === Infinity),
  );
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .withTags(WCAG)
    .analyze();
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html, failureSummary }) => ({ html, failureSummary }))]);
}

function findChromium(): string {
  if (process.env['CHROMIUM_PATH']) return process.env['CHROMIUM_PATH'];
  const found = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'chromium'))
    .find(isExecutable);
  if (found !== undefined) return found;
  throw new Error(
    'chromium is missing: run `node scripts/ensure-test-tools.ts`, or set CHROMIUM_PATH to an executable',
  );
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
