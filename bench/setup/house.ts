import { findFreePort, type ServiceProcess, startService } from '../../scripts/service-process.ts';
import { Api } from '../../test/support/api.ts';
import { type DirectDatabase, openDirectly } from '../../test/support/postgres.ts';
import { startTestRedis } from '../../test/support/redis.ts';
import type { LoadPlan } from '../load/plan.ts';
import type { Ground } from './ground.ts';

export type QueueKind = 'postgres' | 'redis';

export interface HouseOptions {
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
export interface House {
  services: ServiceProcess[];
  databaseUrl: string;
  /** A connection of the bench's own. */
  database: DirectDatabase;
  api: Api;
  /** Posts to the n-th process; the signatures are for the address that all share. */
  plan: (load: Load, n?: number) => LoadPlan;
  close: () => Promise<void>;
}

export async function openHouse(ground: Ground, options: HouseOptions): Promise<House> {
  const { queue, processes, env = {} } = options;
  const open: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const each of open.splice(0).toReversed()) await each();
  };
  try {
    const databaseUrl = options.databaseUrl ?? (await freshDatabase());
    const redis = queue === 'redis' ? await startBenchRedis() : null;
    if (redis !== null) open.push(() => redis.stop());
    const database = await openDirectly(databaseUrl);
    open.push(() => database.close());
    const ports = await findPorts(processes.length);
    const publicUrl = `http://127.0.0.1:${ports[0]}`;
    const services: ServiceProcess[] = [];
    for (const [n, roles] of processes.entries()) {
      const service = await startService({
        env: {
          PORT: String(ports[n]),
          PUBLIC_URL: publicUrl,
          ROLES: roles,
          DATABASE_URL: databaseUrl,
          DATA_DIR: ground.dataDir,
          TWILIO_API_BASE_URL: ground.twilioUrl,
          LOG_LEVEL: 'warn',
          ...(redis !== null && { REDIS_URL: redis.url }),
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
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }

  async function freshDatabase(): Promise<string> {
    const { url, drop } = await ground.createDatabase();
    open.push(drop);
    return url;
  }
}

/** As the tutorials and Redis's own documentation advise: what it was given a second ago survives its end. */
export async function startBenchRedis() {
  const redis = await startTestRedis({ appendOnly: 'everysec' });
  process.once('exit', () => void redis.kill());
  return redis;
}

async function findPorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await findFreePort());
  return [...ports];
}
