// `npm run demo`: the service, Twilio on this machine, a campaign with two entry points; nothing leaves the machine.
import { join } from 'node:path';
import { startService } from '../scripts/service-process.ts';
import { banner } from './banner.ts';
import { choosePort } from './choose-port.ts';
import { takeDataFolder } from './data-folder.ts';
import { fill } from './fill.ts';
import { startTwilio } from './twilio.ts';

const folder = await takeDataFolder('.data', 'demo/main.ts');
const port = await choosePort('PORT', 3000);
const twilio = await startTwilio(folder);
const { simulator } = twilio;
const logFile = join(folder.path, 'service.log');
const service = await startService({
  env: {
    ...process.env,
    PORT: String(port),
    HOST: '127.0.0.1',
    DATA_DIR: folder.path,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    TWILIO_API_BASE_URL: simulator.url,
  },
  logFile,
  pidFile: folder.servicePidFile,
});
const { demo, entryPoints } = await fill(folder, { baseUrl: service.url, consoleUrl: `${service.url}/`, twilio });
console.log(banner(demo, entryPoints, folder.path, logFile));

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
service.child.once('exit', () => void stop(1, `The service stopped; its log is in ${logFile}.`));
simulator.child.once('exit', () => void stop(1, 'The simulator stopped.'));

async function stop(code: number, reason?: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  if (reason !== undefined) console.error(reason);
  await Promise.all([service.stop(), simulator.close()]);
  console.log('Stopped everything it started. The data stays in the data folder.');
  process.exit(code);
}
