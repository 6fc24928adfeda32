import type { EntryPointDto } from '../../src/entry-points/entry-point.dto.js';
import { startTestApp, type TestApp } from './app.ts';
import { eventually } from './eventually.ts';
import { buildEntryPoint, connectTelephony } from './factories.ts';
import { type DirectDatabase, openDirectly } from './postgres.ts';
import { buildForm, type WebhookAnswer, postSigned } from './signed-forms.ts';
import { makeSpool, type TestSpool } from './spool.ts';
import type { TcpProxy } from '../stack/tcp-proxy.ts';

const SETTINGS = { SPOOL_MAX_MB: '1' };

/** The service with a spool, behind a proxy that can take its database away, and one customer who texts it. */
export class IntakeWithSpool {
  customer = '';
  private customers = 0;

  private constructor(
    readonly app: TestApp,
    readonly proxy: TcpProxy,
    /** Straight to the database, also while the service has none. */
    readonly direct: DirectDatabase,
    readonly entryPoint: EntryPointDto,
    readonly spool: TestSpool,
  ) {}

  static async start(): Promise<IntakeWithSpool> {
    const spool = await makeSpool();
    const app = await startTestApp({ ...spool.env, ...SETTINGS }, { throughProxy: true });
    const direct = await openDirectly(app.databaseUrl);
    await connectTelephony(app);
    const intake = new IntakeWithSpool(app, app.databaseProxy!, direct, await buildEntryPoint(app), spool);
    await eventually('the intake knows it', async () => (await intake.text('first')).status === 200);
    return intake;
  }

  get env(): Record<string, string> {
    return { ...this.spool.env, ...SETTINGS };
  }

  async stop(): Promise<void> {
    await this.direct.close();
    await this.app.stop();
    await this.spool.remove();
  }

  /** Another customer, once the database is there. */
  async beginTest(): Promise<void> {
    this.customer = `+1500556${1000 + ++this.customers}`;
    await this.untilReady();
  }

  async untilReady(): Promise<void> {
    const isReady = async (): Promise<boolean> => (await fetch(`${this.app.url}/health/ready`)).status === 200;
    await eventually('the service is ready', isReady, 30_000);
  }

  async endTest(): Promise<void> {
    await this.proxy.pass();
    await eventually('an empty spool', async () => (await this.spool.files('open')).length === 0, 30_000);
  }

  text(Body: string, given: Record<string, string> = {}, url = this.entryPoint.webhookUrl): Promise<WebhookAnswer> {
    return postSigned(this.app, url, buildForm({ From: this.customer, Body, ...given }));
  }

  /** What the customer wrote, as the journal has it. */
  async journal(): Promise<string[]> {
    const sql = 'SELECT body FROM inbound_sms WHERE from_number = $1 ORDER BY received_order';
    return (await this.direct.query(sql, [this.customer])).map(({ body }) => String(body));
  }

  /** What the customer wrote, as agents see it. */
  async thread(): Promise<string[]> {
    const sql = `SELECT body FROM messages JOIN contacts AS contact ON contact.id = contact_id
      WHERE ani = $1 ORDER BY position`;
    return (await this.direct.query(sql, [this.customer])).map(({ body }) => String(body));
  }

  async metric(name: string): Promise<number> {
    const metrics = await (await fetch(`${this.app.url}/metrics`)).text();
    return Number(new RegExp(`^${name} ([\\d.e+-]+)$`, 'm').exec(metrics)?.[1]);
  }

  /**
   * Every insert into the journal fails as it does when that is so.
   * @returns ends it
   */
  async raise(condition: string): Promise<() => Promise<unknown>> {
    await this.direct.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'not now' USING ERRCODE = '${condition}'; END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON inbound_sms FOR EACH STATEMENT EXECUTE FUNCTION refuse()`);
    return () => this.direct.query('DROP TRIGGER refuse ON inbound_sms; DROP FUNCTION refuse()');
  }
}

export const bodies = (count: number): string[] => Array.from({ length: count }, (_, n) => `secret words ${n + 1}`);
