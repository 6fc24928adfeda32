import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CreatedApiKeyDto } from '../../src/access/api-key.dto.js';
import { Api } from '../support/api.ts';
import { startTestApp, startTestProcess, type TestApp, type TestProcess } from '../support/app.ts';
import { openEventStream, type OpenStream } from '../support/event-stream.ts';
import { eventually } from '../support/eventually.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';
import { sendSms } from '../support/phone.ts';
import { type Browser, insertSettledUser, type KnownUser, signInAs } from '../support/users.ts';

interface Reader {
  user: KnownUser;
  /** Of the session that the stream was opened with. */
  browser: Browser;
}

/** What ends a session, by somebody, in another process or by itself. */
const ENDS: [string, (app: TestApp, reader: Reader) => Promise<unknown>][] = [
  ['signs out', async (_, { browser }) => expectStatus(await browser.delete('session'), 204)],
  [
    'signs out everywhere, in another browser',
    async (app, { user }) => expectStatus(await (await signInAs(app, user)).delete('session?everywhere=true'), 204),
  ],
  [
    'changes the password, in another browser',
    async (app, { user }) => {
      const change = { currentPassword: user.password, newPassword: `changed ${user.password}` };
      expectStatus(await (await signInAs(app, user)).post('session/password', change), 200);
    },
  ],
  [
    'is disabled',
    async (app, { user }) => expectStatus(await app.api.patch(`users/${user.id}`, { disabled: true }), 200),
  ],
  [
    'gets another role',
    async (app, { user }) => expectStatus(await app.api.patch(`users/${user.id}`, { role: 'admin' }), 200),
  ],
  [
    'gets another password from an admin',
    async (app, { user }) =>
      expectStatus(await app.api.patch(`users/${user.id}`, { password: 'somebody else chose it' }), 200),
  ],
  [
    'was signed in for 12 hours',
    (app, { user }) => app.dataSource.query('UPDATE sessions SET expires_at = now() WHERE user_id = $1', [user.id]),
  ],
  [
    'did nothing for 30 minutes',
    (app, { user }) =>
      app.dataSource.query(`UPDATE sessions SET last_seen_at = now() - interval '31 min' WHERE user_id = $1`, [
        user.id,
      ]),
  ],
];

describe('An event stream ends', () => {
  let app: TestApp;
  let second: TestProcess;
  /** By what ended the first of the two. */
  const opened = new Map<string, { ended: OpenStream; other: OpenStream }>();

  // The service looks at its readers every 3 s: all sessions end together, so that their tests wait once.
  beforeAll(async () => {
    app = await startTestApp();
    second = await startTestProcess(app);
    await connectTelephony(app);
    await buildEntryPoint(app);
    const ends: (() => Promise<unknown>)[] = [];
    for (const [name, end] of ENDS) {
      const [one, other] = [await openForNewUser(), await openForNewUser()];
      opened.set(name, { ended: one.stream, other: other.stream });
      ends.push(() => end(app, one.reader));
    }
    for (const end of ends) await end();
    await eventually('the end of each stream', () => [...opened.values()].every(({ ended }) => !ended.isOpen()));
    await sendSms(app, { from: '+15005550111' });
  });
  afterAll(async () => {
    for (const { other } of opened.values()) other.close();
    await second.stop();
    await app.stop();
  });

  /** A stream of the second process, with a session of the first. */
  const openForNewUser = async (): Promise<{ stream: OpenStream; reader: Reader }> => {
    const user = await insertSettledUser(app);
    const browser = await signInAs(app, user);
    const stream = await openEventStream(new Api(second.url, null), { Cookie: browser.cookie! });
    return { stream, reader: { user, browser } };
  };

  test.each(ENDS)('of a user who %s, and nobody else’s', async (name) => {
    const { ended, other } = opened.get(name)!;
    await eventually('an event for the other', () => other.events.length > 0);
    expect(ended.events).toEqual([]);
    expect(other.isOpen()).toBe(true);
  });

  test('of a program whose API key is revoked, and no other key’s', async () => {
    const made = { name: 'Reports', scopes: ['events:read'] };
    const key = expectStatus(await app.api.post<CreatedApiKeyDto>('api-keys', made), 201);
    const stream = await openEventStream(new Api(second.url, key.key));
    const other = await openEventStream(new Api(second.url, app.api.key));
    expectStatus(await app.api.delete(`api-keys/${key.id}`), 204);
    await eventually('the end of the stream', () => !stream.isOpen());
    expect(other.isOpen()).toBe(true);
    other.close();
  });
});
