import { request } from 'node:http';
import type { BuiltService } from '../stack/built-service.ts';
import { buildForm, newMessageSid, signForm } from './signed-forms.ts';

/** What became of one request. */
export interface Sent {
  messageSid: string;
  /** Null when there was no answer at all. */
  status: number | null;
  /** Why there was none: ECONNREFUSED and the like. */
  error?: string;
}

/** Twilio posts an SMS to the built service, on a connection of its own. */
export async function textOnce(
  { simulator }: Pick<BuiltService, 'simulator'>,
  webhookUrl: string,
  given: Record<string, string> = {},
): Promise<Sent> {
  const messageSid = newMessageSid();
  const form = buildForm({ MessageSid: messageSid, AccountSid: simulator.accountSid, ...given });
  const headers = {
    'Content-Type': 'application/x-www-form-urlencoded',
    'X-Twilio-Signature': signForm(simulator.authToken, webhookUrl, form),
  };
  return new Promise((resolve) => {
    const lost = ({ code, message }: NodeJS.ErrnoException): void =>
      resolve({ messageSid, status: null, error: code ?? message });
    request(webhookUrl, { method: 'POST', agent: false, headers }, (answer) => {
      answer.resume().on('error', lost);
      answer.on('end', () => resolve({ messageSid, status: answer.statusCode! }));
    })
      .on('error', lost)
      .end(form);
  });
}

/** Clients that text one SMS after the other, each from a phone of its own, until nobody answers any more. */
export class Clients {
  readonly sent: Sent[] = [];
  private readonly running: Promise<unknown>;
  private isStopped = false;

  constructor(service: Pick<BuiltService, 'simulator'>, webhookUrl: string, count: number) {
    const client = async (n: number): Promise<void> => {
      for (let last: Sent | undefined; !this.isStopped && last?.status !== null;) {
        last = await textOnce(service, webhookUrl, { From: `+1500557${1000 + n}` });
        this.sent.push(last);
      }
    };
    this.running = Promise.all(Array.from({ length: count }, (_, n) => client(n)));
  }

  get taken(): string[] {
    return this.sent.filter(({ status }) => status === 200).map(({ messageSid }) => messageSid);
  }

  async end(): Promise<void> {
    this.isStopped = true;
    await this.running;
  }
}
