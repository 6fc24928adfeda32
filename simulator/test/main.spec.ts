import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startForTest } from './support/start.ts';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));
let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'simulator-'))));
afterEach(() => rmSync(folder, { recursive: true }));

describe('the program', () => {
  const run = (env: Record<string, string>) =>
    spawn(process.execPath, [MAIN], { env: { PATH: process.env.PATH, ...env } });
  const firstLine = (stream: NodeJS.ReadableStream) =>
    new Promise<string>((resolve) => stream.once('data', (chunk) => resolve(String(chunk).split('\n')[0]!)));
  const exitOf = (child: ChildProcess) => new Promise((resolve) => child.once('exit', resolve));

  it('prints its address as one line of JSON, and stops on SIGTERM', async () => {
    const child = run({ SIMULATOR_PORT: '0' });
    const { simulatorUrl, accountSid, authToken } = JSON.parse(await firstLine(child.stdout));
    expect([accountSid, authToken]).toEqual([expect.stringMatching(/^AC\w{32}$/), expect.stringMatching(/^\w{32}$/)]);
    expect((await fetch(simulatorUrl)).status).toBe(200);
    const exit = exitOf(child);
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
  });

  it('exits with code 1 and a message if its port is taken', async () => {
    const twilio = await startForTest();
    const child = run({ SIMULATOR_PORT: new URL(twilio.simulator.url).port });
    const exit = exitOf(child);
    expect(await firstLine(child.stderr)).toMatch(/^Port \d+ is taken by another program; set SIMULATOR_PORT/);
    expect(await exit).toBe(1);
    await twilio.close();
  });
});

it('a state file keeps webhooks and token across a restart, but not messages', async () => {
  const stateFile = join(folder, 'deep', 'twilio.json');
  const before = await startForTest({ stateFile });
  await before.setNumber({ smsUrl: 'http://127.0.0.1:3000/sms' });
  const { body: service } = await before.call('POST', 'services', { friendlyName: 'Kept' });
  await before.setNumber({ messagingServiceSid: service.sid });
  await before.sendSms({ trouble: { lost: true } });
  await before.close();
  expect(statSync(stateFile).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(stateFile, 'utf8')).numbers).toHaveLength(6);

  const after = await startForTest({ stateFile });
  expect(after.simulator.authToken).toBe(before.simulator.authToken);
  const [number] = await after.client.incomingPhoneNumbers.list({ phoneNumber: '+15005550006' });
  expect(number!.smsUrl).toBe('http://127.0.0.1:3000/sms');
  await expect(after.client.messaging.v1.services(service.sid).phoneNumbers.list()).resolves.toHaveLength(1);
  await expect(after.client.messages.list()).resolves.toEqual([]);
  await after.close();
});
