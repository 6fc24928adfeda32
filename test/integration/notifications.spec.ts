import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Logger } from '@nestjs/common';
import pg from 'pg';
import { DatabaseLocation } from '../../src/database/database-location.js';
import { NotificationsService } from '../../src/database/notifications.service.js';
import { eventually } from '../support/eventually.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { startTcpProxy, type TcpProxy } from '../stack/tcp-proxy.ts';

const HEARTBEAT_AND_DEADLINE_MS = 15_000;

describe('LISTEN', () => {
  let database: TestDatabase;
  let proxy: TcpProxy;
  let notifications: NotificationsService;
  let notifier: pg.Client;
  const received: (string | undefined)[] = [];

  beforeAll(async () => {
    Logger.overrideLogger(false);
    database = await createTestDatabase();
    proxy = await startTcpProxy(database.url);
    notifications = new NotificationsService(new DatabaseLocation(proxy.url, false));
    await notifications.listen('news', (payload) => received.push(payload));
    notifier = new pg.Client(database.url);
    await notifier.connect();
  });
  afterAll(async () => {
    await notifications.onApplicationShutdown();
    await notifier.end();
    await proxy.stop();
    await database.drop();
  });

  const tell = (payload: string): Promise<unknown> => notifier.query('SELECT pg_notify($1, $2)', ['news', payload]);

  test.each([
    ['cut', () => proxy.reset()],
    ['cut without a word', () => proxy.blackhole()],
  ])('hears again after its line was %s, and takes it that it missed something', async (_, cut) => {
    await tell('before');
    await eventually('what was told before', () => received.includes('before'));
    received.length = 0;

    cut();
    await tell('meanwhile');
    await proxy.pass();
    await eventually('a new line', () => received.length > 0, HEARTBEAT_AND_DEADLINE_MS + 15_000);
    expect(received).toEqual([undefined]);

    await tell('after');
    await eventually('what was told after', () => received.length === 2);
    expect(received).toEqual([undefined, 'after']);
    received.length = 0;
  });
});
