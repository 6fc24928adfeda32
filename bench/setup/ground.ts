import { makeTemporaryFolder } from '../../scripts/temporary-folder.ts';
import { startSimulator } from '../../simulator/src/simulator.ts';
import { startService } from '../../scripts/service-process.ts';
import { readFirstApiKey } from '../../test/stack/built-service.ts';
import { startTemporaryPostgres } from '../../test/stack/postgres-server.ts';
import { sharedSettings } from '../../test/stack/shared-settings.ts';
import { Api } from '../../test/support/api.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../../test/support/factories.ts';
import { createDatabase, openDirectly, type TestDatabase } from '../../test/support/postgres.ts';

export const CONSUMER = 'bench';

/** What all runs stand on: one PostgreSQL server, and a database with one entry point that each run gets a copy of. */
export interface Ground {
  dataDir: string;
  apiKey: string;
  accountSid: string;
  authToken: string;
  /** The number of the entry point, and the path of its webhook. */
  to: string;
  webhookPath: string;
  /** Of Twilio's REST API; the runs ask nothing of it. */
  twilioUrl: string;
  /** Settings of the server that say what a commit is worth, and its version. */
  postgres: Record<string, string>;
  createDatabase: () => Promise<TestDatabase>;
  close: () => Promise<void>;
}

export async function prepareGround(): Promise<Ground> {
  const server = await startTemporaryPostgres();
  const folder = await makeTemporaryFolder('bench');
  const simulator = await startSimulator({ port: 0 });
  const admin = await openDirectly(server.url);
  const template = await createDatabase(server.url);
  const service = await startService({
    env: sharedSettings({ databaseUrl: template.url, twilioUrl: simulator.url, dataDir: folder.path }),
  });
  const apiKey = await readFirstApiKey(folder.path);
  const api = new Api(service.url, apiKey);
  await connectTelephony({ api, simulator });
  const { phoneNumber, webhookUrl } = await buildEntryPoint({ api });
  expectStatus(await api.put(`consumers/${CONSUMER}`, {}), 200);
  await service.stop();
  const [postgres] = await admin.query(
    `SELECT current_setting('server_version') AS version, current_setting('fsync') AS fsync,
       current_setting('synchronous_commit') AS synchronous_commit, current_setting('shared_buffers') AS shared_buffers`,
  );
  return {
    dataDir: folder.path,
    apiKey,
    accountSid: simulator.accountSid,
    authToken: simulator.authToken,
    to: phoneNumber,
    webhookPath: new URL(webhookUrl).pathname,
    twilioUrl: simulator.url,
    postgres: postgres as Record<string, string>,
    createDatabase: async () => {
      const database = await createDatabase(server.url, template.name);
      // What was written before does not count for what comes now.
      await admin.query('CHECKPOINT');
      return database;
    },
    close: async () => {
      await admin.close();
      await simulator.close();
      await server.stop();
      await folder.remove();
    },
  };
}
