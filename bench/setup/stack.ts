import { findFreePorts } from '../../scripts/free-port.ts';
import { type ServiceProcess, startService } from '../../scripts/service-process.ts';
import { startTestRedis, type TestRedis } from '../../test/stack/redis-server.ts';
import { sharedSettings } from '../../test/stack/shared-settings.ts';
import { Api } from '../../test/support/api.ts';
import { type DirectDatabase, openDirectly } from '../../test/support/postgres.ts';
import type { LoadPlan } from '../load/plan.ts';
import type { Ground } from './ground.ts';

export type QueueKind = 'postgres' | 'redis';

export interface StackOptions {
  queue: QueueKind;
  /** ROLES of each process. */
  processes: string[];
  env?: Record<string, string>;
  /** A database that is there already, instead of a fresh one. */
  databaseUrl?: string;
}

/** What a run says of a load; where it goes is known here. */
export type Load = Pick<LoadPlan, 'count' | 'customers'> & Partial<LoadPlan>;

/** The service under test, built, on a fresh database, and a Redis of its own when asked for. */
export interface Stack {
  services: ServiceProcess[];
  databaseUrl: string;
  /** A connection of the bench's own. */
  database: DirectDatabase;
  api: Api;
  /** Posts to the n-th process; the signatures are for the address that all share. */
  plan: (load: Load, n?: number) => LoadPlan;
  stop: () => Promise<void>;
}

export async function startStack(ground: Ground, options: StackOptions): Promise<Stack> {
  const { queue, processes, env = {} } = options;
  const open: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const each of open.splice(0).toReversed()) await each();
  };
  try {
    const databaseUrl = options.databaseUrl ?? (await freshDatabase());
    const redis = queue === 'redis' ? await startBenchRedis() : null;
    if (redis !== null) open.push(() => redis.stop());
    const database = await openDirectly(databaseUrl);
    open.push(() => database.close());
    const ports = await findFreePorts(processes.length);
    const publicUrl = `http://127.0.0.1:${ports[0]}`;
    const { dataDir, twilioUrl } = ground;
    const settings = sharedSettings({ databaseUrl, redisUrl: redis?.url, twilioUrl, publicUrl, dataDir });
    const services: ServiceProcess[] = [];
    for (const [n, roles] of processes.entries()) {
      const service = await startService({
        env: {
          ...settings,
          PORT: String(ports[n]),
          ROLES: roles,
          ...env,
        },
      });
      services.push(service);
      open.push(() => service.stop());
    }
    const { accountSid, authToken, to, webhookPath } = ground;
    return {
      services,
      databaseUrl,
      database,
      api: new Api(publicUrl, ground.apiKey),
      plan: (load, n = 0) => ({
        url: services[n]!.url + webhookPath,
        signedUrl: publicUrl + webhookPath,
        accountSid,
        authToken,
        to,
        connections: 64,
        ...load,
      }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }

  async function freshDatabase(): Promise<string> {
    const { url, drop } = await ground.createDatabase();
    open.push(drop);
    return url;
  }
}

/** As the tutorials and Redis's own documentation advise: what it was given a second ago survives its end. */
export const startBenchRedis = (): Promise<TestRedis> => startTestRedis({ appendOnly: true });
