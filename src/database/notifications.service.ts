import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { CONNECT_TIMEOUT_MS } from './data-source.js';
import { DatabaseLocation } from './database-location.js';
import { ImpatientClient } from './impatient-client.js';

const RECONNECT_MS = 1_000;
const HEARTBEAT_MS = 10_000;
const QUERY_TIMEOUT_MS = 5_000;

/** @param payload of the NOTIFY; undefined when notifications may have been missed, so that anything may have happened */
type Listener = (payload?: string) => void;

/**
 * PostgreSQL's LISTEN, on one connection per process. After the connection was down every channel is notified, since
 * notifications may have been missed. A heartbeat query detects a connection that was cut without notice, which otherwise
 * looks like a quiet one.
 */
@Injectable()
export class NotificationsService implements OnApplicationShutdown {
  private readonly logger = new Logger(NotificationsService.name);
  private readonly listeners = new Map<string, Listener[]>();
  private client: ImpatientClient | undefined;
  private heartbeat: NodeJS.Timeout | undefined;
  private reconnect: NodeJS.Timeout | undefined;
  private connecting: Promise<void> | undefined;
  private closed = false;

  constructor(private readonly database: DatabaseLocation) {}

  /** Calls `onNotify` for each NOTIFY on `channel`, and after each loss of the connection. */
  async listen(channel: string, onNotify: Listener): Promise<void> {
    this.listeners.set(channel, [...(this.listeners.get(channel) ?? []), onNotify]);
    this.connecting ??= this.connect();
    await this.connecting;
    await this.client?.query(`LISTEN ${channel}`);
  }

  async onApplicationShutdown(): Promise<void> {
    this.closed = true;
    clearTimeout(this.reconnect);
    clearInterval(this.heartbeat);
    await this.client?.end();
  }

  private async connect(): Promise<void> {
    const client = new ImpatientClient({
      connectionString: this.database.url,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
      keepAliveInitialDelayMillis: 5_000,
      query_timeout: QUERY_TIMEOUT_MS,
      application_name: 'sms-inbound listen',
    });
    client.on('notification', ({ channel, payload }) => this.notify(channel, payload));
    client.on('error', (error) => this.onLost(client, error));
    client.on('end', () => this.onLost(client, new Error('the connection ended')));
    await client.connect();
    for (const channel of this.listeners.keys()) await client.query(`LISTEN ${channel}`);
    this.client = client;
    clearInterval(this.heartbeat);
    this.heartbeat = setInterval(() => this.check(client), HEARTBEAT_MS);
  }

  /** A client that gets no answer in time closes its connection, which calls `onLost`. */
  private check(client: ImpatientClient): void {
    client.query('SELECT 1').catch(() => undefined);
  }

  private onLost(client: ImpatientClient, error: Error): void {
    if (this.closed || (this.client !== client && this.client !== undefined)) return;
    if (this.reconnect !== undefined) return;
    this.logger.warn({ err: error }, 'The LISTEN connection was lost; reconnecting');
    this.client = undefined;
    clearInterval(this.heartbeat);
    this.reconnect = setTimeout(() => {
      this.reconnect = undefined;
      this.connect().then(
        () => [...this.listeners.keys()].forEach((channel) => this.notify(channel)),
        (cause: Error) => this.onLost(client, cause),
      );
    }, RECONNECT_MS);
  }

  private notify(channel: string, payload?: string): void {
    for (const onNotify of this.listeners.get(channel) ?? []) onNotify(payload);
  }
}
