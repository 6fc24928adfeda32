import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildApiKey, firstAccountId } from '../support/accounts.ts';
import { type TestApp, startTestApp } from '../support/app.ts';
import { connectTelephony } from '../support/factories.ts';
import { reportFigure } from '../support/figure.ts';
import { buildOneOfEach, type Resource } from '../support/one-of-each.ts';
import { buildSettledUser, signInAs } from '../support/users.ts';
import { ApiFuzz } from './api-fuzz.ts';
import { DocumentedAnswers, type Operation, operationsOf } from './documented-answers.ts';
import { withHeaders } from './genuine-sms.ts';
import { Random } from './random.ts';
import { exchange, type Line, openLine } from './raw-request.ts';

const document = JSON.parse(readFileSync(join(import.meta.dirname, '../../openapi.json'), 'utf8')) as OpenAPIObject;
const OPERATIONS = operationsOf(document);
const CALLERS = ['nobody', 'a stranger', 'an agent', 'an admin', 'a key'] as const;

const SEED = Number(process.env['ATTACKS_SEED'] ?? Date.now() % 1_000_000_000);
const CONNECTIONS = 4;
const MAX_SHOWN = 12;

/**
 * Sends generated requests to every operation of the API, from every kind of caller.
 * @param count how many requests in all
 */
export function describeOpenApiAttacks(count: number): void {
  const each = Math.ceil(count / OPERATIONS.length);
  let app: TestApp;
  let line: Line;
  let ids: Record<Resource, string>;
  let headersOf: Record<(typeof CALLERS)[number], [string, string][]>;
  const answers = new DocumentedAnswers(document);
  const total = { tried: 0, faults: 0 };

  beforeAll(async () => {
    app = await startTestApp({ DATABASE_POOL_SIZE: '5' });
    line = openLine(app.url, CONNECTIONS);
    await connectTelephony(app);
    ids = await buildOneOfEach(app);
    headersOf = await signInAll();
  });
  afterAll(async () => {
    line?.agent.destroy();
    await app?.stop();
    reportFigure(`requests ${total.tried} to ${OPERATIONS.length} operations: undocumented ${total.faults}`);
  });

  // Twilio may have been disconnected by the operation before.
  beforeEach(() => connectTelephony(app));

  async function signInAll(): Promise<typeof headersOf> {
    const [agent, admin] = await Promise.all(
      (['agent', 'admin'] as const).map(async (role) => signInAs(app, await buildSettledUser(app, { role }))),
    );
    const { key } = await buildApiKey(app, await firstAccountId(app));
    return {
      nobody: [],
      'a stranger': [['Authorization', `Bearer sik_${'a'.repeat(12)}_${'b'.repeat(43)}`]],
      'an agent': [
        ['Cookie', agent!.cookie!],
        ['Origin', 'http://localhost'],
      ],
      'an admin': [
        ['Cookie', admin!.cookie!],
        ['Origin', 'http://localhost'],
      ],
      'a key': [['Authorization', `Bearer ${key}`]],
    };
  }

  /** What takes away comes late, so that there is something to read before; what ends the callers' sessions, last. */
  const takesAway = ({ method, path }: Operation): number =>
    path === '/api/v1/session' && method !== 'GET' ? 2 : Number(method === 'DELETE');

  test.each(OPERATIONS.toSorted((a, b) => takesAway(a) - takesAway(b)))(
    `$name answers as documented, whatever it is sent (ATTACKS_SEED=${SEED})`,
    async (operation) => {
      const random = new Random(SEED);
      const fuzz = new ApiFuzz(document, ids, random);
      const faults: string[] = [];
      for (let i = 0; i < each; i++) {
        const caller = CALLERS[(i * 3) % CALLERS.length]!;
        const request = withHeaders(fuzz.write(operation), ...headersOf[caller]);
        const answer = await exchange(line, request);
        const fault = answers.findFault(operation, answer) ?? findBreach(caller, operation.name, answer.status);
        if (fault === null) continue;
        const { method, path, headers, body } = request;
        const type = headers.find(([name]) => name === 'Content-Type')?.[1];
        const sent = `${method} ${path.slice(0, 200)} ${type ?? ''} ${body.toString().slice(0, 200)}`;
        faults.push(`${fault} ← ${caller}: ${sent} → ${answer.body.slice(0, 300)}`);
      }
      total.tried += each;
      total.faults += faults.length;
      expect(faults.slice(0, MAX_SHOWN)).toEqual([]);
    },
    120_000 + each * 100,
  );
}

/** What is open to all, as access.spec.ts lists it. */
const OPEN = new Set(['GET /health/live', 'GET /health/ready', 'GET /metrics', 'POST /api/v1/session']);

function findBreach(caller: (typeof CALLERS)[number], operation: string, status: number): string | null {
  if (OPEN.has(operation) || (caller !== 'nobody' && caller !== 'a stranger')) return null;
  return status < 400 ? `${status} for ${caller}` : null;
}
