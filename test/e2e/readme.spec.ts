import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder, type TemporaryFolder } from '../../scripts/temporary-folder.ts';
import type { ContactPageDto } from '../../src/contacts/contact.dto.js';
import { Api } from '../support/api.ts';
import { type DemoProcess, startDemo } from '../stack/demo-process.ts';
import { eventually } from '../support/eventually.ts';
import { openShell, type Shell } from '../support/shell.ts';

const root = join(import.meta.dirname, '../..');

/** The shell commands of one section of the README, in order. */
async function readCommands(section: string): Promise<string[]> {
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  const [, text = ''] = readme.split(`\n## ${section}\n`);
  const [own = ''] = text.split('\n## ');
  return [...own.matchAll(/```bash\n(.*?)```/gs)].map(([, commands]) => commands!);
}

describe("The README's commands, pasted into one shell", () => {
  let dataDir: TemporaryFolder;
  let demo: DemoProcess;
  let shell: Shell;
  let commands: string[];

  beforeAll(async () => {
    dataDir = await makeTemporaryFolder('readme');
    demo = await startDemo({ DATA_DIR: dataDir.path });
    shell = openShell(root, { ...process.env, DATA_DIR: dataDir.path });
    commands = await readCommands('Try it');
    expect(commands).toHaveLength(7);
    await shell.run(commands[0]!);
  });
  afterAll(async () => {
    await shell.close();
    await demo.stop();
    await dataDir.remove();
  });

  test('send an SMS', async () => {
    expect(JSON.parse(await shell.run(commands[1]!))).toMatchObject({
      messageSid: expect.stringMatching(/^SM/),
      deliveries: [{ status: 200 }],
    });
    // A person takes longer to paste the next command than the contact takes to be there; a program may not.
    const api = new Api(demo.demo['baseUrl']!, demo.demo['apiKey']!);
    await eventually('the contact', async () => (await api.get<ContactPageDto>('contacts')).body.data.length > 0);
  });

  test('show the contact and its thread', async () => {
    const [contacts, thread] = (await shell.run(commands[2]!)).split(/(?<=\})(?=\{"data")/);
    expect(JSON.parse(contacts!)).toMatchObject({ data: [{ ani: '+15005550101', state: 'waiting' }] });
    expect(JSON.parse(thread!)).toMatchObject({ data: [{ body: 'Hi, my order is late', direction: 'inbound' }] });
  });

  test('accept it', async () => {
    expect(JSON.parse(await shell.run(commands[3]!))).toMatchObject({ state: 'active', agentId: 'ada' });
  });

  test('watch the event queue', async () => {
    const printed = await shell.run(commands[4]!);
    expect(printed.split('\n').map((line) => line.split(' ')[1])).toEqual([
      'contact.created',
      'contact.message',
      'contact.accepted',
    ]);
  });

  test('reply, and see it on the phone', async () => {
    const [reply, phone] = (await shell.run(commands[5]!)).split(/(?<=\})\s*(?=\{"total")/);
    expect(JSON.parse(reply!)).toMatchObject({
      direction: 'outbound',
      origin: 'agent',
      agentId: 'ada',
      status: 'queued',
    });
    expect(JSON.parse(phone!)).toMatchObject({
      messages: [{ body: 'Hi, my order is late' }, { body: 'Let me check that for you.', from: '+15005550006' }],
    });
  });

  test('read the journal', async () => {
    expect(JSON.parse(await shell.run(commands[6]!))).toMatchObject({
      data: [{ verdict: 'accepted', raw: { To: '+15005550006' } }],
    });
  });
});
