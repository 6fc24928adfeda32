import type { OpenAPIObject } from '@nestjs/swagger';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { RawAnswer } from './raw-request.ts';
import type { Schema, Schemas } from './schema-values.ts';

interface Response {
  content?: Record<string, { schema?: Schema }>;
}

export interface Operation {
  /** Such as `GET /api/v1/campaigns/{id}`. */
  name: string;
  method: string;
  path: string;
  parameters: { name: string; in: 'path' | 'query' | 'header'; schema: Schema }[];
  body?: Record<string, { schema: Schema }>;
  responses: Record<string, Response>;
}

export function operationsOf(document: OpenAPIObject): Operation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, object>).map(([method, operation]) => {
      const { parameters, responses, requestBody } = operation as Operation & { requestBody?: { content: object } };
      const body = requestBody && { body: requestBody.content as NonNullable<Operation['body']> };
      const name = `${method.toUpperCase()} ${path}`;
      return { name, method: method.toUpperCase(), path, parameters: parameters ?? [], responses, ...body };
    }),
  );
}

/** Checks answers against the OpenAPI document. Fields that it does not name are errors. */
export class DocumentedAnswers {
  private readonly ajv = new Ajv2020({ strict: false, validateFormats: false });
  private readonly compiled = new Map<string, ValidateFunction>();

  constructor({ components }: OpenAPIObject) {
    const schemas = structuredClone(components!.schemas) as Schemas;
    for (const schema of Object.values(schemas)) closeObjects(schema);
    // RFC 9457: a problem may have extension members.
    delete schemas['ProblemDetailsDto']!.additionalProperties;
    this.ajv.addSchema({ $id: 'https://api.example/', components: { schemas } });
  }

  /** @returns what is wrong with an answer, or null */
  findFault({ name, responses }: Operation, { status, headers, body }: RawAnswer): string | null {
    const response = responses[String(status)];
    if (response === undefined) return `${status} is not documented`;
    const type = headers['content-type']?.split(';')[0];
    const content = response.content ?? {};
    if (Object.keys(content).length === 0) return body === '' ? null : `${status} has a body that is not documented`;
    if (type === undefined || !matchesType(content, type))
      return `${status} has type ${type}, not ${Object.keys(content).join()}`;
    if (!type.endsWith('json')) return null;
    const validate = this.validatorOf(`${name} ${status}`, content[type]?.schema ?? {});
    const value: unknown = JSON.parse(body);
    if (!validate(value)) return `${status}: ${this.ajv.errorsText(validate.errors)}`;
    if (status >= 400 && (value as { status: number }).status !== status)
      return `${status}: the body has another status`;
    return null;
  }

  private validatorOf(key: string, schema: Schema): ValidateFunction {
    const known = this.compiled.get(key);
    if (known !== undefined) return known;
    const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"https://api.example/#/')) as object;
    const validate = this.ajv.compile(absolute);
    this.compiled.set(key, validate);
    return validate;
  }
}

const matchesType = (content: object, type: string): boolean =>
  Object.keys(content).some(
    (each) => each === type || each === '*/*' || (each.endsWith('/*') && type.startsWith(each.slice(0, -1))),
  );

function closeObjects(schema: Schema): void {
  if (typeof schema !== 'object' || schema === null) return;
  if (schema.properties !== undefined) schema.additionalProperties ??= false;
  for (const inside of Object.values(schema)) if (typeof inside === 'object') closeObjects(inside as Schema);
}
