import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findRunning, type RecordedProcess, untilGone } from './earlier-run.ts';

export interface DataFolder {
  path: string;
  servicePidFile: string;
  simulatorPidFile: string;
}

/**
 * Takes a data folder for this process, once what an earlier run left behind there is gone.
 * @param program a word of this process's command line; ends the process when another one has the folder
 */
export async function takeDataFolder(usual: string, program: string): Promise<DataFolder> {
  const path = resolve(process.env['DATA_DIR'] || usual);
  mkdirSync(path, { recursive: true });
  const own = { pidFile: join(path, 'demo.pid'), word: program };
  const service: RecordedProcess = { pidFile: join(path, 'service.pid'), word: 'dist/main.js' };
  const simulator: RecordedProcess = { pidFile: join(path, 'simulator.pid'), word: 'simulator/src/main.ts' };
  const other = findRunning(own);
  if (other !== null && other !== process.pid) {
    console.error(`The demo runs on ${path} already (process ${other}). Stop it, or set DATA_DIR to another folder.`);
    process.exit(1);
  }
  writeFileSync(own.pidFile, `${process.pid}\n`);
  await untilGone([service, simulator]);
  return { path, servicePidFile: service.pidFile, simulatorPidFile: simulator.pidFile };
}
