import { errorTexts } from '../outgoing/error-texts.ts';

/** https://www.twilio.com/docs/usage/twilios-response#response-formats-exceptions */
export class TwilioError extends Error {
  readonly status: number;
  readonly code: number;
  /** The `Retry-After` header of a 429. */
  readonly retryAfterSeconds: number;

  constructor(status: number, code: number, message = errorTexts[code] ?? `Error ${code}`, retryAfterSeconds = 1) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  toJSON() {
    const { code, message, status } = this;
    return { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
  }
}

export const badRequest = (code: number, message?: string) => new TwilioError(400, code, message);

export const notFound = (path: string) =>
  new TwilioError(404, 20404, `The requested resource ${path.split('?')[0]} was not found`);

export const troubleError = ({ status, retryAfterSeconds }: { status: number; retryAfterSeconds?: number }) =>
  new TwilioError(
    status,
    { 401: 20003, 404: 20404, 429: 20429, 500: 20500, 503: 20503 }[status] ?? status * 100,
    undefined,
    retryAfterSeconds,
  );
