import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContextOptions } from 'playwright-core';
import { makeTemporaryFolder } from '../../scripts/temporary-folder.ts';
import { Api } from './api.ts';
import { type Credentials, launchBrowser, openPage, type Visit } from './browser.ts';
import { startDemo } from './demo.ts';

export interface TestConsole {
  url: string;
  admin: Credentials;
  /** As a program with the demo's key. */
  api: Api;
  simulator: { url: string };
  /** Of the demo's database, for what the API does not tell. */
  databaseUrl: () => Promise<string>;
  /** Opens a screen in a browser of its own; nobody is signed in there. */
  open: (path: string, options?: BrowserContextOptions) => Promise<Visit>;
  stop: () => Promise<void>;
}

/** The demo as `npm run demo` starts it, and a browser to look at it. */
export async function startConsole(): Promise<TestConsole> {
  const folder = await makeTemporaryFolder('browser');
  const { demo, stop } = await startDemo({ DATA_DIR: folder.path });
  const browser = await launchBrowser();
  const url = demo['baseUrl']!;
  return {
    url,
    admin: { email: demo['adminEmail']!, password: demo['adminPassword']! },
    api: new Api(url, demo['apiKey']!),
    simulator: { url: demo['simulatorUrl']! },
    databaseUrl: async () => (await readFile(join(folder.path, 'database-url'), 'utf8')).trim(),
    open: async (path, options) => {
      const visit = await openPage(browser, options);
      await visit.page.goto(`${url}${path}`);
      return visit;
    },
    stop: async () => {
      await browser.close();
      await stop();
      await folder.remove();
    },
  };
}
