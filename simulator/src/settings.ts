import { randomBytes } from 'node:crypto';

export interface Settings {
  port: number;
  host: string;
  accountSid: string;
  /** If undefined, the token in the state file is used, or a new one. */
  authToken: string | undefined;
  stateFile: string | undefined;
}

export class SettingsError extends Error {}

const DEFAULT_ACCOUNT_SID = `AC${'5150'.repeat(8)}`;
const LOOPBACK_HOSTS = ['127.0.0.1', 'localhost', '::1'];

/** @throws {SettingsError} that reports all problems at once, one sentence each */
export function readSettings(env: NodeJS.ProcessEnv, argv: string[] = []): Settings {
  const problems: string[] = [];
  const check = (holds: boolean, problem: string) => void (holds || problems.push(problem));

  const port = Number(env.SIMULATOR_PORT || 4010);
  check(Number.isInteger(port) && port >= 0 && port <= 65535, 'SIMULATOR_PORT must be a port number, 0 to 65535.');
  const host = env.SIMULATOR_HOST || '127.0.0.1';
  check(LOOPBACK_HOSTS.includes(host), `SIMULATOR_HOST must be a loopback address: ${LOOPBACK_HOSTS.join(', ')}.`);
  const accountSid = env.SIMULATOR_ACCOUNT_SID || DEFAULT_ACCOUNT_SID;
  check(/^AC[0-9a-f]{32}$/.test(accountSid), 'SIMULATOR_ACCOUNT_SID must be AC and 32 hex digits.');
  const authToken = env.SIMULATOR_AUTH_TOKEN || undefined;
  check(isAuthToken(authToken ?? newAuthToken()), 'SIMULATOR_AUTH_TOKEN must be 32 hex digits.');

  const unknown = argv.filter((word, at) => word !== '--state' && argv[at - 1] !== '--state');
  check(unknown.length === 0, `Unknown arguments: ${unknown.join(' ')}. The only argument is --state FILE.`);
  check(argv.at(-1) !== '--state', '--state needs a file name.');
  const stateFile = argv.includes('--state') ? argv[argv.indexOf('--state') + 1] : env.SIMULATOR_STATE || undefined;

  if (problems.length) throw new SettingsError(problems.join('\n'));
  return { port, host, accountSid, authToken, stateFile };
}

export const newAuthToken = () => randomBytes(16).toString('hex');

export const isAuthToken = (token: unknown): token is string =>
  typeof token === 'string' && /^[0-9a-f]{32}$/.test(token);
