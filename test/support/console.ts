import type { Browser, BrowserContextOptions } from 'playwright-core';
import { makeTemporaryFolder } from '../../scripts/temporary-folder.ts';
import { Api } from './api.ts';
import { type Credentials, launchBrowser, openPage, type Visit } from './browser.ts';
import { type BuiltService, startBuiltService } from '../stack/built-service.ts';
import { startDemo } from '../stack/demo-process.ts';

export interface TestConsole {
  url: string;
  admin: Credentials;
  /** As a program with the demo's key. */
  api: Api;
  simulator: { url: string };
  /** Of the simulator's Twilio account. */
  authToken: string;
  databaseUrl: string;
  /** Opens a screen in a browser of its own; nobody is signed in there. */
  open: (path: string, options?: BrowserContextOptions) => Promise<Visit>;
  stop: () => Promise<void>;
}

/** The demo as `npm run demo` starts it, and a browser to look at it. */
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
  /** It may be killed, and started again on the same data and port. */
  service: BuiltService;
}

/** The built service with nothing in it yet, the simulator as Twilio, and a browser to look at it. */
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
