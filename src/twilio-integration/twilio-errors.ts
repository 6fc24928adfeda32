import { Problem } from '../common/problem.js';

/** The error that the official library throws when Twilio answers with one. */
interface TwilioRestError extends Error {
  status: number;
  code?: number;
  moreInfo?: string;
}

/** Whether Twilio itself answered with an error. */
export const isRestError = (error: unknown): error is TwilioRestError =>
  error instanceof Error && typeof (error as Partial<TwilioRestError>).status === 'number';

/** Whether Twilio refused the ACCOUNT SID or AUTH TOKEN, rather than the request. */
export const isRefusedByTwilio = (error: unknown): boolean =>
  isRestError(error) && (error.status === 401 || error.status === 403 || error.code === 20404);

export const isUnknownToTwilio = (error: unknown): boolean => isRestError(error) && error.status === 404;

/** The message of Twilio or of the network by itself, to put into a sentence in any language. */
export function wordsOfTwilio(error: Error): string {
  const { said, reason } = error instanceof Problem ? error.params : {};
  return `${said ?? reason ?? error.message}`;
}

/** Turns an error of Twilio into a problem for the person who can act: 422 if Twilio refused, 502 if it could not answer. */
export function toTwilioProblem(error: unknown): Problem {
  if (!isRestError(error)) {
    const reason = error instanceof Error ? error.message : String(error);
    return new Problem(502, 'twilio_unreachable', 'Twilio cannot be reached ({{reason}}). Try again later.', {
      params: { reason },
      cause: error,
    });
  }
  const params = { said: `${error.message}${error.code === undefined ? '' : ` (${error.code})`}` };
  const extensions = { twilioStatus: error.status, twilioCode: error.code, moreInfo: error.moreInfo };
  if (error.status === 429 || error.status >= 500) {
    return new Problem(502, 'twilio_unavailable', 'Twilio answered: {{said}}. Try again later.', {
      params,
      extensions,
      cause: error,
    });
  }
  return new Problem(422, 'twilio_refused', 'Twilio answered: {{said}}.', { params, extensions, cause: error });
}
