import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, chown, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { unless } from './embedded-postgres-files.js';

/** The user that the server runs as: empty for our own, but PostgreSQL refuses to run as root. */
export interface ServerUser {
  uid?: number;
  gid?: number;
}

export const HINT = 'Set DATABASE_URL to a PostgreSQL server of your own.';
// The server must not inherit PG*, LD_* or LANG from our environment.
const SERVER_ENVIRONMENT = { LC_ALL: 'C', PATH: '/usr/local/bin:/usr/bin:/bin' };

const execute = promisify(execFile);

export async function chooseUser(dataDir: string): Promise<ServerUser> {
  const owner = await findOwner(dataDir);
  const me = process.getuid?.();
  if (me !== 0) {
    if (!owner || owner.uid === me) return {};
    throw new Error(`${dataDir}/postgres belongs to user ${owner.uid}: start as that user, or move it away.`);
  }
  const previous = owner ?? (await findOwner(reachableFolderFor(dataDir)));
  if (previous?.uid) return previous;
  const user =
    (await findUser('postgres')) ??
    (await findUser('sms-inbound')) ??
    (await createUser()) ??
    (await findUser('nobody'));
  if (!user) throw new Error(`PostgreSQL refuses to run as root, and no other user could be found or created. ${HINT}`);
  return user;
}

async function findOwner(home: string): Promise<ServerUser | undefined> {
  return stat(join(home, 'postgres')).then(({ uid, gid }) => ({ uid, gid }), unless('ENOENT'));
}

async function findUser(name: string): Promise<ServerUser | undefined> {
  const id = async (kind: '-u' | '-g'): Promise<number> => Number((await execute('id', [kind, name])).stdout);
  try {
    return { uid: await id('-u'), gid: await id('-g') };
  } catch {
    return undefined;
  }
}

async function createUser(): Promise<ServerUser | undefined> {
  const options = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin'];
  await execute('useradd', [...options, 'sms-inbound']).catch(() => undefined); // no such command, or another start has created it
  return findUser('sms-inbound');
}

/** Returns the data folder, or another one if the server's user cannot enter it, for example below /root. */
export async function chooseHome(dataDir: string, user: ServerUser, log: (line: string) => void): Promise<string> {
  if (user.uid === undefined) return dataDir;
  const elsewhere = reachableFolderFor(dataDir);
  const owner = await findOwner(dataDir);
  const canStay = (owner || !(await findOwner(elsewhere))) && (await canWriteIn(dataDir, user));
  if (owner && !canStay) {
    throw new Error(
      `User ${user.uid} owns ${dataDir}/postgres but cannot reach it: make the parent folders accessible. ${HINT}`,
    );
  }
  if (canStay) {
    const isForeign = owner && owner.uid !== user.uid; // for example restored from a backup by root
    if (isForeign) await execute('chown', ['-R', `${user.uid}:${user.gid}`, join(dataDir, 'postgres')]);
    return dataDir;
  }
  await mkdir(elsewhere, { recursive: true });
  await chmod(dirname(elsewhere), 0o755);
  await chmod(elsewhere, 0o755);
  log(
    `PostgreSQL runs as user ${user.uid} instead of root. That user cannot enter ${dataDir}, so the data is in ${elsewhere}`,
  );
  return elsewhere;
}

function reachableFolderFor(dataDir: string): string {
  return join('/var/lib/sms-inbound', createHash('sha256').update(dataDir).digest('hex').slice(0, 16));
}

/** Tries to write, because modes, access lists, read-only and network file systems all play a part. */
async function canWriteIn(folder: string, user: ServerUser): Promise<boolean> {
  const probe = await mkdtemp(join(folder, 'postgres-init-'));
  try {
    await giveTo(user, probe);
    await execute('/bin/sh', ['-c', ': > "$1/file"', 'sh', probe], asServer(user));
    return true;
  } catch {
    return false;
  } finally {
    await rm(probe, { recursive: true, force: true });
  }
}

export async function giveTo(user: ServerUser, ...paths: string[]): Promise<void> {
  if (user.uid === undefined || user.gid === undefined) return;
  for (const path of paths) await chown(path, user.uid, user.gid);
}

export function asServer(user: ServerUser) {
  return { ...user, cwd: '/', env: SERVER_ENVIRONMENT };
}
