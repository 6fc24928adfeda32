import type { Params } from 'nestjs-pino';
import { type Logger, pino, stdTimeFunctions } from 'pino';
import type { Environment } from '../config/environment.js';

/** One structured line per event on standard output; on a terminal the same for people, in colour. */
export function createLogger({ LOG_LEVEL }: Environment): Logger {
  const options = {
    level: LOG_LEVEL,
    base: undefined,
    timestamp: stdTimeFunctions.isoTime,
    // An error of the database repeats the values it refused: texts and numbers.
    redact: ['err.parameters', 'err.query', 'err.detail', 'err.where', 'err.driverError', 'err.cause'],
  };
  if (process.stdout.isTTY) {
    return pino({ ...options, transport: { target: 'pino-pretty', options: { singleLine: true } } });
  }
  // Pino's own way to standard output tries for ever, also at the exit, once nobody reads it any more: the process would
  // never end. Node's drops the lines, and ends the process for it unless somebody listens.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  return pino({ ...options, formatters: { level: (level) => ({ level }) } }, process.stdout);
}

/** Requests are never logged whole: they hold keys, texts and numbers. */
export const httpLoggerOptions = (logger: Logger): Params => ({
  pinoHttp: { logger, autoLogging: false, quietReqLogger: true },
});
