import { hostileValue } from './hostile-values.ts';
import type { Random } from './random.ts';

/** The part of JSON Schema (OpenAPI 3.1) that the service's document uses. */
export interface Schema {
  $ref?: string;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  enum?: unknown[];
  type?: string | string[];
  format?: string;
  example?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
}

export type Schemas = Record<string, Schema>;

const LETTERS = "abcdefghijklmnopqrstuvwxyzABCXYZ0123456789 .,-_@é🚲'&<";
const MAX_ITEMS = 3;

/** Writes values for schemas: valid ones, and valid ones with one error. */
export class SchemaValues {
  constructor(
    private readonly schemas: Schemas,
    private readonly random: Random,
  ) {}

  resolve(schema: Schema): Schema {
    if (schema.$ref !== undefined) return this.resolve(this.schemas[schema.$ref.split('/').at(-1)!]!);
    if (schema.allOf !== undefined) return this.resolve(schema.allOf[0]!);
    const choice = schema.anyOf ?? schema.oneOf;
    return choice === undefined ? schema : this.resolve(this.random.pick(choice));
  }

  valid(given: Schema): unknown {
    const { random } = this;
    if (given.example !== undefined && random.below(3) > 0) return given.example;
    const schema = this.resolve(given);
    if (schema.enum) return random.pick(schema.enum);
    const type = random.pick([schema.type ?? 'string'].flat());
    if (type === 'object') return this.object(schema);
    if (type === 'array') return this.array(schema);
    if (type === 'boolean') return random.below(2) === 0;
    if (type === 'null') return null;
    if (type === 'string') return this.text(schema);
    const { minimum = 0, maximum = minimum + 1_000 } = schema;
    return random.pick([minimum, maximum, minimum + random.below(maximum - minimum + 1)]);
  }

  /** Writes a valid value with one error: a hostile, missing or unknown field. */
  almostValid(schema: Schema): unknown {
    return this.spoil(this.valid(schema));
  }

  private spoil(value: unknown): unknown {
    const { random } = this;
    const names = typeof value === 'object' && value !== null ? Object.keys(value) : [];
    if (names.length === 0 || random.below(6) === 0) return hostileValue(random);
    const name = random.pick(names);
    const spoiled = structuredClone(value) as Record<string, unknown>;
    if (random.below(5) === 0 && !Array.isArray(value)) delete spoiled[name];
    else if (random.below(4) === 0 && !Array.isArray(value)) {
      spoiled[random.pick(['id', 'accountId', 'role', 'isAdmin', 'x', ''])] = hostileValue(random);
    } else spoiled[name] = random.below(3) === 0 ? this.spoil(spoiled[name]) : hostileValue(random);
    return spoiled;
  }

  private object({ properties = {}, required = [] }: Schema): unknown {
    const taken = Object.entries(properties).filter(([name]) => required.includes(name) || this.random.below(2));
    return Object.fromEntries(taken.map(([name, schema]) => [name, this.valid(schema)]));
  }

  private array({ items = {}, minItems = 0, maxItems = MAX_ITEMS }: Schema): unknown[] {
    const length = minItems + this.random.below(Math.min(maxItems - minItems, MAX_ITEMS) + 1);
    return Array.from({ length }, () => this.valid(items));
  }

  private text({ format, minLength = 0, maxLength = 40 }: Schema): string {
    const { random } = this;
    if (format === 'date-time') return new Date(random.below(2 ** 31) * 1_000).toISOString();
    if (format === 'uuid') return `019ab2c4-7f7e-7c3a-9c55-${random.hex(12)}`;
    if (format === 'uri') return `https://shop.example.com/${random.hex(8)}.png`;
    const length = random.pick([minLength, maxLength, maxLength + 1, minLength + random.below(20)]);
    return random.textOf(LETTERS, Math.min(length, 5_000)).toWellFormed();
  }
}
