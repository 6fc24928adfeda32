import { findFreePort } from '../scripts/free-port.ts';

/** The port that the environment variable names, or the usual one; another one if that is taken, which is said. */
export async function choosePort(variable: string, usual: number): Promise<number> {
  const wanted = Number(process.env[variable] || usual);
  const free = await findFreePort(wanted);
  if (free !== wanted) console.log(`${variable} ${wanted} is taken by another program; using ${free}.`);
  return free;
}
