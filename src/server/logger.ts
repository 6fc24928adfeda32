import type { Params } from 'nestjs-pino';
import { type Logger, pino, stdTimeFunctions } from 'pino';
import type { Environment } from '../config/environment.js';

/** Logs one JSON line per event to standard output, or coloured text if that is a terminal. */
export function createLogger({ LOG_LEVEL }: Environment): Logger {
  const options = {
    level: LOG_LEVEL,
    base: undefined,
    timestamp: stdTimeFunctions.isoTime,
    // A database error contains the values that were refused: texts and phone numbers.
    redact: ['err.parameters', 'err.query', 'err.detail', 'err.where', 'err.driverError', 'err.cause'],
  };
  if (process.stdout.isTTY) {
    return pino({ ...options, transport: { target: 'pino-pretty', options: { singleLine: true } } });
  }
  // If nobody reads standard output any more, pino's own destination retries forever, even at exit, so that the process would
  // never end. Node's stream drops the lines, and ends the process unless there is an error listener.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  return pino({ ...options, formatters: { level: (level) => ({ level }) } }, process.stdout);
}

/** Requests are not logged automatically, because they contain keys, texts and phone numbers. */
export const httpLoggerOptions = (logger: Logger): Params => ({
  pinoHttp: { logger, autoLogging: false, quietReqLogger: true },
});
