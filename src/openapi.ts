import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { SESSION_COOKIE } from './access/session-cookie.js';
import { PROBLEM_MODELS } from './common/api-problems.decorator.js';

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
  return SwaggerModule.createDocument(app, config, {
    extraModels: PROBLEM_MODELS,
    operationIdFactory: (controller, method) => `${controller.replace('Controller', '')}_${method}`,
  });
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
