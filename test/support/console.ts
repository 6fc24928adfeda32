import type { Browser, BrowserContextOptions } from 'playwright-core';
import { makeTemporaryFolder } from '../../scripts/temporary-folder.ts';
import { Api } from './api.ts';
import { type Credentials, launchBrowser, openPage, type Visit } from './browser.ts';
import { type BuiltService, startBuiltService } from '../stack/built-service.ts';
import { startDemo } from '../stack/demo-process.ts';

export interface TestConsole {
  url: string;
  admin: Credentials;
  /** Uses the demo's API key. */
  api: Api;
  simulator: { url: string };
  /** The auth token of the simulator's Twilio account. */
  authToken: string;
  databaseUrl: string;
  /** Opens a screen in its own browser context; nobody is signed in. */
  open: (path: string, options?: BrowserContextOptions) => Promise<Visit>;
  stop: () => Promise<void>;
}

/** Starts the demo as `npm run demo` does, and a browser. */
export async function startConsole(env: Record<string, string> = {}): Promise<TestConsole> {
  const folder = await makeTemporaryFolder('browser');
  const { demo, stop } = await startDemo({ ...env, DATA_DIR: folder.path });
  const browser = await launchBrowser();
  const url = demo['baseUrl']!;
  return {
    url,
    admin: { email: demo['adminEmail']!, password: demo['adminPassword']! },
    api: new Api(url, demo['apiKey']!),
    simulator: { url: demo['simulatorUrl']! },
    authToken: demo['authToken']!,
    databaseUrl: demo['databaseUrl']!,
    open: (path, options) => openScreen(browser, url + path, options),
    stop: async () => {
      await browser.close();
      await stop();
      await folder.remove();
    },
  };
}

export interface EmptyConsole extends Pick<TestConsole, 'open' | 'stop'> {
  service: BuiltService;
}

/** Starts the built service without any data, the simulator as Twilio, and a browser. */
export async function startEmptyConsole(): Promise<EmptyConsole> {
  const service = await startBuiltService();
  const browser = await launchBrowser();
  return {
    service,
    open: (path, options) => openScreen(browser, service.url + path, options),
    stop: async () => {
      await browser.close();
      await service.stop();
    },
  };
}

async function openScreen(browser: Browser, address: string, options?: BrowserContextOptions): Promise<Visit> {
  const visit = await openPage(browser, options);
  await visit.page.goto(address);
  return visit;
}
