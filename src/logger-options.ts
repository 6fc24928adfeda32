import type { Params } from 'nestjs-pino';
import type { Environment } from './config/environment.js';

/** One structured line per event, for people on a terminal in colour. Requests and bodies are never logged whole. */
export const loggerOptions = ({ LOG_LEVEL }: Environment): Params => ({
  pinoHttp: {
    level: LOG_LEVEL,
    autoLogging: false,
    quietReqLogger: true,
    redact: ['req', 'res', 'err.parameters', 'err.query', 'err.detail', 'err.driverError', 'err.cause'],
    ...(process.stdout.isTTY && {
      transport: { target: 'pino-pretty', options: { singleLine: true, ignore: 'pid,hostname' } },
    }),
  },
});
