import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';

// Not `fetch`: it gives up connecting after 10 s, which a busy machine may take, and a text not sent is none.
const agent = new Agent({ keepAlive: true, maxSockets: 10_000 });

/** Waits for its answer as long as it takes. @throws when it refuses */
export async function askSimulator<T>(url: string, body?: object): Promise<T> {
  const headers = body && { 'Content-Type': 'application/json' };
  const asked = request(url, { agent, method: body ? 'POST' : 'GET', headers });
  asked.end(body && JSON.stringify(body));
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  const said = await text(answer);
  if (answer.statusCode !== 200) throw new Error(`The simulator answered ${answer.statusCode}: ${said}`);
  return JSON.parse(said) as T;
}
