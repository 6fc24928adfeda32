import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { SESSION_COOKIE } from '../access/session-cookie.js';
import { PROBLEM_MODELS, problemResponse } from '../common/api-problems.decorator.js';

export function buildOpenApi(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('sms-inbound')
    .setDescription(
      'SMS inbound channel: every text to your Twilio numbers becomes a contact that agents answer.\n\n' +
        'Programs send an API key with each request: `Authorization: Bearer sik_…`. People sign in (`POST ' +
        '/api/v1/session`), and their browser sends the cookie. Lists are paged: send the `nextCursor` of one page as ' +
        '`cursor` to get the next. Errors are RFC 9457 problem details with a stable `errorCode`. ' +
        'The number of requests per minute is limited for each API key and each user: the headers `RateLimit-Policy` and ' +
        '`RateLimit` of each response tell how many are allowed and how many are left, and a 429 has `Retry-After`.',
    )
    .setVersion('1')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/', 'This service')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'sik_<id>_<secret>' }, 'apiKey')
    .addCookieAuth(SESSION_COOKIE, { type: 'apiKey', in: 'cookie' }, 'session')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    extraModels: PROBLEM_MODELS,
    operationIdFactory: (controller, method) => `${controller.replace('Controller', '')}_${method}`,
  });
  for (const item of Object.values(document.paths)) Object.values(item as OperationsOfPath).forEach(addServerResponses);
  return document;
}

type OperationsOfPath = Record<string, OpenAPIObject['paths'][string]['get'] & object>;

/** Documents what the HTTP server refuses before a request reaches its route. */
function addServerResponses({ requestBody, parameters = [], responses }: OperationsOfPath[string]): void {
  const hasJson = requestBody !== undefined && 'content' in requestBody && 'application/json' in requestBody.content;
  const isInPath = parameters.some((parameter) => 'in' in parameter && parameter.in === 'path');
  responses['408'] ??= problemResponse('The request did not arrive within 10 s, or its headers within 5 s.');
  responses['431'] ??= problemResponse('The headers are larger than 16 KiB.');
  if (hasJson) {
    responses['400'] ??= problemResponse('The URL cannot be decoded, or the body is not valid JSON.');
    responses['413'] ??= problemResponse('The body is larger than 1 MiB.');
    responses['415'] ??= problemResponse('The body was not sent as `application/json`.');
  }
  if (isInPath) {
    responses['400'] ??= problemResponse('The URL cannot be decoded.');
    responses['414'] ??= problemResponse('A segment of the path is too long.');
  }
}

/** Serves `/openapi.json`, and Swagger UI at `/docs`. */
export function serveOpenApi(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => buildOpenApi(app), {
    jsonDocumentUrl: 'openapi.json',
    yamlDocumentUrl: 'openapi.yaml',
    customSiteTitle: 'sms-inbound API',
    swaggerOptions: { persistAuthorization: true, displayRequestDuration: true },
  });
}
