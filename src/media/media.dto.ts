import { failureBehind, type FetchFailure } from './fetch-failures.js';
import type { MediaState, MessageMedia } from './message-media.entity.js';

/** A picture or file of a message. */
export class MessageMediaDto {
  /** The id of the medium in this API. @example "019ab2c4-7f81-7c3a-9c55-0a3f1f6f2b13" */
  id: string;

  /** The type detected from its bytes; until they are stored, the type declared by Twilio. @example "image/jpeg" */
  contentType: string;

  /**
   * `pending` while it is being fetched from Twilio, then `stored`; `unavailable` if that failed (`reason` says why);
   * `removed` once its bytes are deleted; `linked` if an agent sent it by URL.
   */
  state: MediaState;

  /** Where to get it, with the same API key or session; for a `linked` medium its own URL. @example "/api/v1/media/019ab2c4-7f81-7c3a-9c55-0a3f1f6f2b13" */
  url: string;

  /** In bytes, once stored. @example 48213 */
  size: number | null;

  /** Why it is `unavailable`, and the way out; otherwise null. @example "Twilio does not have it any more." */
  reason: string | null;

  /** The same as a code for programs; otherwise null. @example "not_found" */
  reasonCode: FetchFailure | null;
}

/** A picture or file that was uploaded and not sent yet. */
export class UploadedMediaDto {
  /** Pass it in `mediaIds` of a reply. @example "019ab2c4-7f81-7c3a-9c55-0a3f1f6f2b13" */
  id: string;

  /** Where to get it, with the same API key or session. @example "/api/v1/media/019ab2c4-7f81-7c3a-9c55-0a3f1f6f2b13" */
  url: string;

  /** The type detected from its bytes. @example "image/jpeg" */
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
