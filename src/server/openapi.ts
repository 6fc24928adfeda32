import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { SESSION_COOKIE } from '../access/session-cookie.js';
import { PROBLEM_MODELS, problemAnswer } from '../common/api-problems.decorator.js';

/** The API as OpenAPI 3.1. */
export function buildOpenApi(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('sms-inbound')
    .setDescription(
      'SMS inbound channel: every text to your Twilio numbers becomes a contact that agents answer.\n\n' +
        'Programs send an API key with each request: `Authorization: Bearer sik_…`. People sign in (`POST ' +
        '/api/v1/session`), and their browser sends the cookie. Lists come in pages: give `nextCursor` of one page as ' +
        '`cursor` of the next. Errors are RFC 9457 problem details with a stable `errorCode`. ' +
        'Each API key and each user has so many requests a minute: `RateLimit-Policy` and `RateLimit` of each answer tell ' +
        'how many, and 429 comes with `Retry-After`.',
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
  for (const item of Object.values(document.paths)) Object.values(item as OperationsOfPath).forEach(addServerAnswers);
  return document;
}

type OperationsOfPath = Record<string, OpenAPIObject['paths'][string]['get'] & object>;

/** What the HTTP server refuses before a route is asked. */
function addServerAnswers({ requestBody, parameters = [], responses }: OperationsOfPath[string]): void {
  const hasJson = requestBody !== undefined && 'content' in requestBody && 'application/json' in requestBody.content;
  const isInPath = parameters.some((parameter) => 'in' in parameter && parameter.in === 'path');
  responses['408'] ??= problemAnswer('The request did not come within 10 s, its headers within 5 s.');
  responses['431'] ??= problemAnswer('The headers have more than 16 KiB.');
  if (hasJson) {
    responses['400'] ??= problemAnswer('The URL or the body cannot be read: the body has to be JSON.');
    responses['413'] ??= problemAnswer('The body is larger than 1 MiB.');
    responses['415'] ??= problemAnswer('The body is not sent as `application/json`.');
  }
  if (isInPath) {
    responses['400'] ??= problemAnswer('The URL cannot be decoded.');
    responses['414'] ??= problemAnswer('A part of the path is too long.');
  }
}

/** `/openapi.json`, and Swagger UI at `/docs`. */
export function serveOpenApi(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => buildOpenApi(app), {
    jsonDocumentUrl: 'openapi.json',
    yamlDocumentUrl: 'openapi.yaml',
    customSiteTitle: 'sms-inbound API',
    swaggerOptions: { persistAuthorization: true, displayRequestDuration: true },
  });
}
