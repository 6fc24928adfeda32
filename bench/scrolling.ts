// How smoothly the desk scrolls: 10,000 contacts that wait, and a thread of 5,000 messages; `node bench/scrolling.ts`.
import type { Page } from 'playwright-core';
import { Api } from '../demo/api.ts';
import { makeTemporaryFolder } from '../scripts/temporary-folder.ts';
import { startDemo } from '../test/stack/demo-process.ts';
import { launchBrowser, openPage, signIn } from '../test/support/browser.ts';
import { insertLongThread, insertWaitingContacts } from '../test/support/long-lists.ts';
import { openDirectly } from '../test/support/postgres.ts';

const CONTACTS = 10_000;
const MESSAGES = 5_000;
const SECONDS = 15;
/** As fast as a hand turns a wheel. */
const STEP_PX = 240;
const STEP_MS = 40;
const LONG_MS = 50;

const folder = await makeTemporaryFolder('bench');
const { demo, stop } = await startDemo({ DATA_DIR: folder.path, LOG_LEVEL: 'warn' });
const { baseUrl, apiKey, adminEmail, adminPassword, databaseUrl } = demo as Record<
  'baseUrl' | 'apiKey' | 'adminEmail' | 'adminPassword' | 'databaseUrl',
  string
>;
const browser = await launchBrowser();
try {
  const { data: users } = await new Api({ baseUrl, apiKey }).get<{ data: { id: string }[] }>('users');
  const database = await openDirectly(databaseUrl);
  await insertWaitingContacts(database, CONTACTS);
  const threadId = await insertLongThread(database, MESSAGES, users[0]!.id);
  await database.close();

  const { page } = await openPage(browser);
  await page.goto(`${baseUrl}/desk`);
  await signIn(page, { email: adminEmail, password: adminPassword });
  await page.getByText(`Text ${CONTACTS}`, { exact: true }).waitFor();
  console.log(`${CONTACTS} contacts: ${await scroll(page, '[data-pane=contacts]', STEP_PX)}`);

  await page.goto(`${baseUrl}/desk/${threadId}`);
  await page
    .getByText(new RegExp(`^Message ${MESSAGES}\\b`))
    .first()
    .waitFor();
  console.log(`${MESSAGES} messages: ${await scroll(page, '[data-pane=thread] [role=region]', -STEP_PX)}`);
} finally {
  await browser.close();
  await stop();
  await folder.remove();
}

/** Turns the wheel over a list for a while, and counts frames. */
async function scroll(page: Page, where: string, step: number): Promise<string> {
  const box = (await page.locator(where).last().boundingBox())!;
  await page.mouse.move(box.x + 60, box.y + 200);
  await page.evaluate(() => {
    const frames: number[] = [];
    let before = performance.now();
    const note = (now: number): void => {
      frames.push(now - before);
      before = now;
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
    Object.assign(window, { frames });
  });
  const end = performance.now() + SECONDS * 1_000;
  let steps = 0;
  while (performance.now() < end) {
    const next = performance.now() + STEP_MS;
    await page.mouse.wheel(0, step);
    steps++;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, next - performance.now())));
  }
  const frames = await page.evaluate(() => (window as unknown as { frames: number[] }).frames);
  const ms = frames.reduce((sum, each) => sum + each, 0);
  const long = frames.filter((each) => each > LONG_MS).length;
  const px = Math.abs(step) * steps;
  return (
    `${((1_000 * frames.length) / ms).toFixed(1)} frames/s, ${((100 * long) / frames.length).toFixed(1)} % of them over ` +
    `${LONG_MS} ms, the longest ${Math.max(...frames).toFixed(0)} ms, over ${px} px`
  );
}
