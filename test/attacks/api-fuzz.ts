import type { OpenAPIObject } from '@nestjs/swagger';
import type { Resource } from '../support/one-of-each.ts';
import type { Operation } from './documented-answers.ts';
import { hostileBody, hostileText, hostileType } from './hostile-values.ts';
import type { Random } from './random.ts';
import type { RawRequest } from './raw-request.ts';
import { type Schema, type Schemas, SchemaValues } from './schema-values.ts';

/** The resource whose id the path of an operation contains. */
const RESOURCES: [prefix: string, resource: Resource][] = [
  ['/api/v1/api-keys/', 'apiKey'],
  ['/api/v1/blocked-senders/', 'blockedSender'],
  ['/api/v1/campaigns/', 'campaign'],
  ['/api/v1/canned-replies/', 'cannedReply'],
  ['/api/v1/consumers/', 'consumer'],
  ['/api/v1/contacts/', 'contact'],
  ['/api/v1/entry-points/', 'entryPoint'],
  ['/api/v1/inbound-sms/', 'inboundSms'],
  ['/api/v1/media/', 'media'],
  ['/api/v1/users/', 'user'],
];

/** Writes requests to an operation: valid ones, and ones with one or more errors. */
export class ApiFuzz {
  private readonly values: SchemaValues;

  constructor(
    document: OpenAPIObject,
    private readonly ids: Record<Resource, string>,
    private readonly random: Random,
  ) {
    this.values = new SchemaValues(document.components!.schemas as Schemas, random);
  }

  write(operation: Operation): RawRequest {
    const { method } = operation;
    const { body, type } = this.body(operation);
    const headers: [string, string][] = [['Host', 'localhost']];
    if (method !== 'GET') headers.push(['Content-Length', String(body.length)]);
    if (type !== '') headers.push(['Content-Type', type]);
    for (const { name } of operation.parameters.filter((each) => each.in === 'header')) {
      if (this.random.below(2)) headers.push([name, this.header()]);
    }
    return { method, path: this.path(operation) + this.query(operation), headers, body };
  }

  private path({ path }: Operation): string {
    return path.replace(/\{(\w+)\}/g, (_, name: string) => {
      const [, resource] = RESOURCES.find(([prefix]) => path.startsWith(prefix)) ?? [];
      if (this.random.below(3) === 0) return hostileText(this.random) || 'x';
      return this.ids[name === 'noteId' ? 'note' : resource!];
    });
  }

  private query({ parameters }: Operation): string {
    const { random } = this;
    const given = parameters
      .filter((each) => each.in === 'query' && random.below(2))
      .flatMap(({ name, schema }) => {
        const value = this.param(schema);
        return random.below(12) === 0
          ? [`${name}=${value}`, `${name}${random.pick(['', '[]', '[a]'])}=${hostileText(random)}`]
          : [`${name}=${value}`];
      });
    if (random.below(15) === 0) given.push(`${random.pick(['x', '__proto__', 'limit', ''])}=${hostileText(random)}`);
    return given.length === 0 ? '' : `?${given.join('&')}`;
  }

  private param(schema: Schema): string {
    if (this.random.below(3) === 0) return hostileText(this.random);
    const value = this.values.valid(schema);
    return encodeURIComponent(typeof value === 'string' ? value : JSON.stringify(value));
  }

  private header(): string {
    return this.random.pick([
      '"1"',
      '*',
      '"0", "1"',
      'W/"1"',
      '1',
      'x'.repeat(300),
      '019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b11',
      '',
    ]);
  }

  private body({ body }: Operation): { body: Buffer; type: string } {
    const { random } = this;
    if (body === undefined) return { body: Buffer.alloc(0), type: '' };
    const type = random.pick(Object.keys(body));
    const isJson = type === 'application/json';
    if (!isJson)
      return { body: Buffer.from(random.textOf('\x89PNG\r\n\x1a\0GIF8%<', random.below(200)), 'latin1'), type };
    const kind = random.below(20);
    if (kind === 0) return { body: Buffer.from(hostileBody(random)), type };
    const value = kind < 6 ? this.values.valid(body[type]!.schema) : this.values.almostValid(body[type]!.schema);
    const sent = kind === 1 ? hostileType(random) : type;
    return { body: Buffer.from(JSON.stringify(value)), type: sent };
  }
}
