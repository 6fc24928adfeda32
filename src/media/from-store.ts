import { Problem } from '../common/problem.js';

/** @throws Problem 503 when the media store does not answer as it should */
export async function fromStore<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    const detail = 'The media store does not respond correctly. Try again later; the log has the cause.';
    throw new Problem(503, 'media_store_unavailable', detail, { cause });
  }
}
