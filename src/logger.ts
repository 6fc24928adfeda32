import type { Params } from 'nestjs-pino';
import { type Logger, pino, stdTimeFunctions } from 'pino';
import type { Environment } from './config/environment.js';

/** One structured line per event on standard output; on a terminal the same for people, in colour. */
export const createLogger = ({ LOG_LEVEL }: Environment): Logger =>
  pino({
    level: LOG_LEVEL,
    base: undefined,
    timestamp: stdTimeFunctions.isoTime,
    // An error of the database repeats the values it refused: texts and numbers.
    redact: ['err.parameters', 'err.query', 'err.detail', 'err.where', 'err.driverError', 'err.cause'],
    ...(process.stdout.isTTY
      ? { transport: { target: 'pino-pretty', options: { singleLine: true } } }
      : { formatters: { level: (level) => ({ level }) } }),
  });

/** Requests are never logged whole: they hold keys, texts and numbers. */
export const httpLoggerOptions = (logger: Logger): Params => ({
  pinoHttp: { logger, autoLogging: false, quietReqLogger: true },
});
