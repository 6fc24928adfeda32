import { failureBehind, type FetchFailure } from './fetch-failures.js';
import type { MediaState, MessageMedia } from './message-media.entity.js';

/** A picture or file of a message. */
export class MessageMediaDto {
  /** Names it in this API. @example "019ab2c4-7f81-7c3a-9c55-0a3f1f6f2b13" */
  id: string;

  /** What its bytes say that it is; until they are here, what Twilio says. @example "image/jpeg" */
  contentType: string;

  /**
   * `pending` while it is being fetched from Twilio, then `stored`; `unavailable` when that failed, `reason` says why;
   * `removed` once its bytes were deleted; `linked`: sent by an agent, at an address of the agent's own.
   */
  state: MediaState;

  /** Where to get it, with the same API key or session; of a `linked` one, its own address. @example "/api/v1/media/019ab2c4-7f81-7c3a-9c55-0a3f1f6f2b13" */
  url: string;

  /** In bytes, once stored. @example 48213 */
  size: number | null;

  /** Why it is `unavailable`, and the way out; null otherwise. @example "Twilio does not have it any more." */
  reason: string | null;

  /** The same for programs; null when there is none, or when it was worded otherwise. @example "not_found" */
  reasonCode: FetchFailure | null;
}

/** A picture or file that was uploaded, and waits to be sent. */
export class UploadedMediaDto {
  /** Name it in `mediaIds` of a reply. @example "019ab2c4-7f81-7c3a-9c55-0a3f1f6f2b13" */
  id: string;

  /** Where to get it, with the same API key or session. @example "/api/v1/media/019ab2c4-7f81-7c3a-9c55-0a3f1f6f2b13" */
  url: string;

  /** What its bytes say that it is. @example "image/jpeg" */
  contentType: string;

  /** In bytes. @example 48213 */
  size: number;
}

export const presentMedia = (media: MessageMedia): MessageMediaDto => ({
  id: media.id,
  contentType: media.detectedType ?? media.contentType,
  state: media.state,
  url: media.state === 'linked' ? media.sourceUrl : `/api/v1/media/${media.id}`,
  size: media.size,
  reason: media.reason,
  reasonCode: failureBehind(media.reason),
});
