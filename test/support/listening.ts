import { expect } from '@jest/globals';
import { Logger } from '@nestjs/common';
import pg from 'pg';
import { DatabaseLocation } from '../../src/database/database-location.js';
import { NotificationsService } from '../../src/database/notifications.service.js';
import { eventually } from './eventually.ts';
import { createTestDatabase } from './postgres.ts';
import { startTcpProxy, type TcpProxy } from '../stack/tcp-proxy.ts';

/** The service's LISTEN, on a connection that can be cut. */
export interface Listening {
  /** Cuts the connection, then expects that it is replaced, and that what was missed counts as notified. */
  expectRecovery(cut: (proxy: TcpProxy) => unknown, withinMs: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startListening(): Promise<Listening> {
  Logger.overrideLogger(false);
  const database = await createTestDatabase();
  const proxy = await startTcpProxy(database.url);
  const notifications = new NotificationsService(new DatabaseLocation(proxy.url, false));
  const received: (string | undefined)[] = [];
  await notifications.listen('news', (payload) => received.push(payload));
  const notifier = new pg.Client(database.url);
  await notifier.connect();
  const notify = (payload: string): Promise<unknown> => notifier.query('SELECT pg_notify($1, $2)', ['news', payload]);
  return {
    expectRecovery: async (cut, withinMs) => {
      await notify('before');
      await eventually('the notification before', () => received.includes('before'));
      received.length = 0;

      await cut(proxy);
      await notify('meanwhile');
      await proxy.pass();
      await eventually('a new connection', () => received.length > 0, withinMs);
      expect(received).toEqual([undefined]);

      await notify('after');
      await eventually('the notification after', () => received.length === 2);
      expect(received).toEqual([undefined, 'after']);
    },
    stop: async () => {
      await notifications.onApplicationShutdown();
      await notifier.end();
      await proxy.stop();
      await database.drop();
    },
  };
}
