import helmet from '@fastify/helmet';
import { RequestMethod } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RequestListener, ServerOptions } from 'node:http';
import { Logger } from 'nestjs-pino';
import type { Logger as PinoLogger } from 'pino';
import { AcceptingServer } from './accepting-server.js';
import { AppModule, servesApi } from '../app.module.js';
import { newId } from '../common/ids.js';
import { findJsonProblem } from '../common/json-shape.js';
import { ProblemDetailsFilter } from '../common/problem-details.filter.js';
import { PERMISSIONS_POLICY } from '../common/safe-headers.js';
import { toWellFormedJson } from '../common/safe-text.js';
import { answerUnreadable } from '../common/unreadable-request.js';
import { refuseFields, validationPipe } from '../common/validation.js';
import type { Environment } from '../config/environment.js';
import type { DatabaseLocation } from '../database/database-location.js';
import { serveConsole } from './serve-console.js';
import { EventStreamService } from '../contact-events/event-stream.service.js';
import { takeUploads } from '../media/upload-body.js';
import { serveOpenApi } from './openapi.js';
import type { QueueBackend } from '../queue/queue-backend.js';
import { isSmsWebhook, openIntakeRoute } from '../webhook/twilio-sms.route.js';
import { answerTwilioInTwimlOnly, answerUnroutable } from '../webhook/twiml-only.js';
import { InboundSmsMetrics } from '../inbound-sms/inbound-sms.metrics.js';

const MAX_FORM_BYTES = 64 * 1024;
const MAX_JSON_BYTES = 1024 * 1024;
const SERVER_OPTIONS: ServerOptions = {
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16 * 1024,
  // Longer than any proxy in front keeps a connection, so that it never sends a request into one that closes here.
  keepAliveTimeout: 72_000,
};
/**
 * Further connections are closed at once, so that file descriptors remain for files and the database. It is also the backlog
 * of each listening socket.
 */
export const MAX_CONNECTIONS = 5_000;

/** The whole application, not yet listening. */
export async function createApp(
  environment: Environment,
  database: DatabaseLocation,
  backend: QueueBackend,
  logger: PinoLogger,
): Promise<NestFastifyApplication> {
  let intake: RequestListener | undefined;
  const adapter = new FastifyAdapter({
    serverFactory: (handler: RequestListener) =>
      new AcceptingServer(SERVER_OPTIONS, (request, response) =>
        intake !== undefined && isSmsWebhook(request) ? intake(request, response) : handler(request, response),
      ),
    bodyLimit: MAX_JSON_BYTES,
    trustProxy: environment.TRUST_PROXY ?? false,
    genReqId: newId,
    // A process that shuts down still answers the requests that it has received (see DrainingService).
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    clientErrorHandler: answerUnreadable,
    exposeHeadRoutes: false,
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      answerUnroutable(error, request, reply, app.get(InboundSmsMetrics)),
  });
  const modules = AppModule.forRoles(environment, database, backend, logger);
  const app: NestFastifyApplication = await NestFactory.create<NestFastifyApplication>(modules, adapter, {
    logger: ['warn', 'error', 'fatal'],
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  // Forms stay raw for the status callbacks, because Twilio's signature covers every byte of the form as it was sent.
  app.useBodyParser('application/x-www-form-urlencoded', { bodyLimit: MAX_FORM_BYTES }, (_request, body, done) =>
    done(null, body),
  );
  app.setGlobalPrefix('api/v1', {
    exclude: ['webhooks/*path', 'health/*path', 'metrics', { path: 'media/:id/:key', method: RequestMethod.GET }],
  });
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ProblemDetailsFilter());

  const fastify: FastifyInstance = adapter.getInstance();
  fastify.server.maxConnections = MAX_CONNECTIONS;
  if (servesApi(environment)) intake = await openIntakeRoute(app, MAX_FORM_BYTES);
  await fastify.register(helmet, { contentSecurityPolicy: contentSecurityPolicy(environment) });
  addHeaders(fastify);
  takeUploads(fastify);
  refuseUnsafeJson(fastify);
  // An open event stream must not delay the shutdown.
  fastify.addHook('preClose', async () => app.get(EventStreamService).closeAll());
  answerTwilioInTwimlOnly(fastify, app.get(InboundSmsMetrics));
  if (servesApi(environment)) {
    serveOpenApi(app);
    await serveConsole(fastify);
  } else closeAllButHealth(fastify);
  return app;
}

/** Adds the headers that helmet does not set. Routes whose responses may be cached set Cache-Control themselves. */
function addHeaders(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', async (request, reply) => {
    void reply.header('Permissions-Policy', PERMISSIONS_POLICY);
    if (request.url.startsWith('/api/')) void reply.header('Cache-Control', 'no-store');
  });
}

/** Checks a JSON body before anything traverses it, so that no value breaks a library or is lost without notice. */
function refuseUnsafeJson(fastify: FastifyInstance): void {
  fastify.addHook('preValidation', async (request) => {
    if (!request.headers['content-type']?.startsWith('application/json')) return;
    const problem = findJsonProblem(request.body);
    if (problem !== null) throw refuseFields([problem]);
    request.body = toWellFormedJson(request.body);
  });
}

/** A worker or scheduler only serves health probes and metrics. */
function closeAllButHealth(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', async (request, reply) => {
    if (/^\/(health\/|metrics$)/.test(request.url)) return;
    await reply
      .status(404)
      .send({ detail: 'This process does not have the role api. Send the request to one that has.' });
  });
}

const contentSecurityPolicy = ({ TWILIO_API_BASE_URL }: Environment) => ({
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    // Swagger UI and the console set styles on single elements.
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    connectSrc: ["'self'"],
    // The desk shows the phone of the simulated Twilio in a frame.
    frameSrc: [TWILIO_API_BASE_URL ?? "'none'"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
  },
});
