import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What `demo.json` tells programs of the running demo. */
export interface Demo {
  baseUrl: string;
  apiKey: string;
  /** To open in a browser. */
  consoleUrl: string;
  adminEmail: string;
  adminPassword: string;
  simulatorUrl: string;
  accountSid: string;
  authToken: string;
  /** Where the event queues are; exactly one of the two is set. */
  databaseUrl?: string;
  redisUrl?: string;
}

const fileIn = (dataDir: string): string => join(dataDir, 'demo.json');

/** What the previous run wrote. */
export function readDemo(dataDir: string): Partial<Demo> {
  const file = fileIn(dataDir);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Demo) : {};
}

export function writeDemo(dataDir: string, demo: Demo): void {
  const file = fileIn(dataDir);
  writeFileSync(file, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
}
