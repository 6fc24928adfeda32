import { type BuiltService, startBuiltService } from '../stack/built-service.ts';
import { type DirectDatabase, openDirectly } from '../support/postgres.ts';
import { buildEntryPoint, connectTelephony } from '../support/factories.ts';
import { eventually } from '../support/eventually.ts';
import { FORGERIES } from './forgeries.ts';
import { type Target, toRequest, withHeaders, writeSms } from './genuine-sms.ts';
import { NONSENSE } from './nonsense.ts';
import { Random } from './random.ts';
import { type Line, openLine, openTlsLine, send, sendBytes } from './raw-request.ts';
import { shift } from './shifts.ts';
import { startTlsProxy } from './tls-proxy.ts';

const CONNECTIONS = 32;
const PATIENCE_MS = 30 * 60_000;

/** What happened to requests of one sort: how often which status, and what was in the database after them. */
export interface Outcome {
  tried: number;
  /** By kind and status, such as `an empty token: 403`. */
  answers: Map<string, number>;
  rows: Rows;
}

export interface Rows {
  sms: number;
  quarantined: number;
  messages: number;
  contacts: number;
  events: number;
}

/** The built service behind a proxy that ends TLS, with one entry point; and what is fired at it. */
export class WebhookAttack {
  private constructor(
    private readonly target: Target,
    private readonly direct: Line,
    private readonly overTls: Line,
    private readonly database: DirectDatabase,
    readonly stop: () => Promise<void>,
  ) {}

  static async prepare(): Promise<WebhookAttack> {
    const proxy = await startTlsProxy();
    const service = await startBuiltService({ PUBLIC_URL: proxy.url, TRUST_PROXY: '127.0.0.1', LOG_LEVEL: 'fatal' });
    proxy.passTo(service.url);
    const database = await openDirectly(await service.databaseUrl());
    const target = await prepareTarget(service);
    const direct = openLine(service.url, CONNECTIONS);
    const overTls = openTlsLine(proxy.url, proxy.cert, CONNECTIONS);
    return new WebhookAttack(target, direct, overTls, database, async () => {
      direct.agent.destroy();
      overTls.agent.destroy();
      await database.close();
      await service.stop();
      await proxy.stop();
    });
  }

  /** Each kind in turn, of SMS that never came: one that got in would be a row. */
  forge(count: number, seed: number): Promise<Outcome> {
    const kinds = Object.keys(FORGERIES).concat(Object.keys(NONSENSE));
    return this.observe(count, seed, async (i, random) => {
      const kind = kinds[i % kinds.length]!;
      const sms = writeSms(this.target, random);
      const nonsense = NONSENSE[kind];
      if (nonsense) return [kind, await sendBytes(this.direct, Buffer.from(nonsense(sms, random), 'latin1'))];
      const line = i % 3 === 0 ? this.overTls : this.direct;
      return [kind, await send(line, FORGERIES[kind]!(sms, random))];
    });
  }

  /** Half of them over TLS, half with headers that a proxy or an attacker adds. */
  text(count: number, seed: number): Promise<Outcome> {
    return this.observe(count, seed, async (i, random) => {
      const request = toRequest(writeSms(this.target, random));
      if (i % 2 === 0) return ['over TLS', await send(this.overTls, request)];
      const claims = withHeaders(request, ['Host', 'inside:3000'], ['X-Forwarded-Host', 'evil.example']);
      return ['in the clear', await send(this.direct, claims)];
    });
  }

  /** Writes anew what `text` wrote of the same seed and shifts its parameters: the signature stays right. */
  shift(count: number, seed: number): Promise<Outcome> {
    return this.observe(count, seed, async (_, random) => {
      const sms = writeSms(this.target, random);
      return ['shifted', await send(this.direct, shift(sms, random))];
    });
  }

  /** How many requests of each kind are under way is the same in all: so many at once as there are connections. */
  private async observe(
    count: number,
    seed: number,
    attempt: (i: number, random: Random) => Promise<[kind: string, status: number]>,
  ): Promise<Outcome> {
    const before = await this.countRows();
    const answers = new Map<string, number>();
    let next = 0;
    const work = async (): Promise<void> => {
      for (let i = next++; i < count; i = next++) {
        // A seed of its own: which request is which does not depend on how fast the others were.
        const [kind, status] = await attempt(i, new Random(seed + i));
        const answer = `${kind}: ${status}`;
        answers.set(answer, (answers.get(answer) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, work));
    const after = await this.countRows();
    const rows = Object.fromEntries(Object.entries(after).map(([name, n]) => [name, n - before[name as keyof Rows]]));
    return { tried: count, answers, rows: rows as unknown as Rows };
  }

  /** Once nothing waits any more. */
  private async countRows(): Promise<Rows> {
    const waiting = 'SELECT 1 FROM inbound_sms WHERE processed_at IS NULL LIMIT 1';
    const isIdle = async (): Promise<boolean> => (await this.database.query(waiting)).length === 0;
    await eventually('a verdict on every SMS', isIdle, PATIENCE_MS);
    const [rows] = await this.database.query(`SELECT
      (SELECT count(*)::int FROM inbound_sms WHERE verdict <> 'quarantined') AS sms,
      (SELECT count(*)::int FROM inbound_sms WHERE verdict = 'quarantined') AS quarantined,
      (SELECT count(*)::int FROM messages) AS messages,
      (SELECT count(*)::int FROM contacts) AS contacts,
      (SELECT count(*)::int FROM contact_events) AS events`);
    return rows as unknown as Rows;
  }
}

async function prepareTarget(service: BuiltService): Promise<Target> {
  await connectTelephony(service);
  const { webhookUrl, phoneNumber } = await buildEntryPoint(service);
  const { accountSid, authToken } = service.simulator;
  return { accountSid, authToken, webhookUrl, to: phoneNumber };
}

/** The answers with a status of these, the commonest first. */
export function answersOf({ answers }: Outcome, matches: (status: number) => boolean): Record<string, number> {
  const found = [...answers].filter(([answer]) => matches(Number(answer.split(': ').at(-1))));
  return Object.fromEntries(found.toSorted(([, a], [, b]) => b - a));
}

export const countOf = (outcome: Outcome, matches: (status: number) => boolean): number =>
  Object.values(answersOf(outcome, matches)).reduce((sum, n) => sum + n, 0);
