import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { choosePort } from './choose-port.ts';
import type { DataFolder } from './data-folder.ts';
import { type Demo, readDemo } from './demo.ts';
import { type SimulatorProcess, startSimulatorProcess } from '../scripts/simulator-process.ts';

const ACCOUNT_SID = `AC${'5150'.repeat(8)}`;

export interface SimulatedTwilio extends Pick<Demo, 'accountSid' | 'authToken'> {
  simulator: SimulatorProcess;
}

/** Twilio on this machine, with the account that this data folder knows. */
export async function startTwilio(folder: DataFolder): Promise<SimulatedTwilio> {
  // The service has it stored, and Twilio's would not change either.
  const authToken = readDemo(folder.path).authToken ?? randomBytes(16).toString('hex');
  const settings = {
    SIMULATOR_PORT: String(await choosePort('SIMULATOR_PORT', 4010)),
    SIMULATOR_ACCOUNT_SID: ACCOUNT_SID,
    SIMULATOR_AUTH_TOKEN: authToken,
    SIMULATOR_STATE: join(folder.path, 'simulator.json'),
  };
  const simulator = await startSimulatorProcess({ env: settings, pidFile: folder.simulatorPidFile });
  return { simulator, accountSid: ACCOUNT_SID, authToken };
}
