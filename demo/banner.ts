import { join } from 'node:path';
import type { Demo } from './demo.ts';
import type { EntryPoint } from './seed.ts';

/** What a person needs to know of the running demo. */
export function banner(demo: Demo, entryPoints: EntryPoint[], dataDir: string, log: string): string {
  const numbers = entryPoints.map(({ name, language, phoneNumber }) => `    ${phoneNumber}  ${name} (${language})`);
  return `
  sms-inbound is running. Nothing leaves this computer, because Twilio is simulated.

  Console    ${demo.consoleUrl}  (sign in as the admin)
  Phone      ${demo.simulatorUrl}  (text one of the numbers below)
  API        ${demo.baseUrl}/api/v1
  Swagger    ${demo.baseUrl}/docs  (Authorize with the API key)
  Admin      ${demo.adminEmail}, password ${demo.adminPassword}
  API key    ${demo.apiKey}

  Numbers
${numbers.join('\n')}

  All of this for programs: ${join(dataDir, 'demo.json')}
  Log of the service:       ${log}
  Ctrl-C stops everything.
`;
}
