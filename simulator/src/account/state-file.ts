import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isAuthToken } from '../settings.ts';
import type { Account } from './account.ts';
import type { Application } from './application.ts';
import type { MessagingService } from './messaging-service.ts';
import type { PhoneNumber } from './phone-number.ts';

interface State {
  accountSid: string;
  authToken: string;
  numbers: PhoneNumber[];
  applications: Application[];
  services: MessagingService[];
}

/** Reads what must survive a restart, as Twilio's console would still show it. Messages are not kept. */
export function readState(file: string | undefined, accountSid: string): State | undefined {
  if (!file || !existsSync(file)) return undefined;
  const state = JSON.parse(readFileSync(file, 'utf8')) as Partial<State>;
  if (state.accountSid !== accountSid || !isAuthToken(state.authToken) || !Array.isArray(state.numbers))
    return undefined;
  return { applications: [], services: [], ...state } as State;
}

export function restore(account: Account, state: State) {
  account.add(state.numbers);
  for (const application of state.applications) account.applications.set(application.sid, application);
  for (const service of state.services) account.services.set(service.sid, service);
}

export function saveOnChange(file: string, account: Account) {
  mkdirSync(dirname(file), { recursive: true });
  const save = () => {
    const state: State = {
      accountSid: account.sid,
      authToken: account.authToken,
      numbers: [...account.numbers.values()],
      applications: [...account.applications.values()],
      services: [...account.services.values()],
    };
    // A crash between the two calls leaves the old file intact. Mode 0600: the file holds the token.
    writeFileSync(`${file}.tmp`, JSON.stringify(state, null, 2), { mode: 0o600 });
    renameSync(`${file}.tmp`, file);
  };
  account.onChange = save;
  save();
}
