import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '../common/cursor-page.js';
import { MessageMediaDto, presentMedia } from '../media/media.dto.js';
import type { MessageMedia } from '../media/message-media.entity.js';
import type { Message, MessageOrigin } from './message.entity.js';

const MESSAGE_ORDERS = ['oldest', 'newest'] as const;

/** Which part of a thread to list. */
export class MessageQuery extends PageQuery {
  /** `oldest` (if left out) reads the thread from its beginning on, `newest` from its end back. */
  @IsOptional()
  @IsIn(MESSAGE_ORDERS, { message: `must be one of ${MESSAGE_ORDERS.join(', ')}` })
  order?: (typeof MESSAGE_ORDERS)[number];
}

/** A message of a contact's thread. */
export class MessageDto {
  /** Names the message in this API. @example "019ab2c4-7f80-7c3a-9c55-0a3f1f6f2b12" */
  id: string;

  /** The contact in whose thread it is. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b11" */
  contactId: string;

  /** `inbound` from the customer, `outbound` to the customer. */
  direction: 'inbound' | 'outbound';

  /** Who wrote it: the customer, an agent, or the service by itself (`greeting`, `out_of_hours_notice`). */
  origin: MessageOrigin;

  /** The agent who wrote it; null when nobody was named. @example "agent-7" */
  agentId: string | null;

  /** The `Idempotency-Key` of the reply that it is; null without one. @example "reply-4711" */
  idempotencyKey: string | null;

  /** Empty for a picture alone. A NUL character shows as ␀. @example "Hi, my order is late" */
  body: string;

  /** Its pictures and files. */
  media: MessageMediaDto[];

  /** Twilio's id of it. @example "SM0123456789abcdef0123456789abcdef" */
  twilioMessageSid: string | null;

  /** SMS segments, as Twilio counted them. @example 1 */
  segments: number | null;

  /**
   * Twilio's status word: `received` for inbound ones; `queued`, `sending`, `sent`, then `delivered` (or `read`),
   * `undelivered` or `failed` for outbound ones; `unknown` when Twilio may have it but could not be asked.
   * @example "received"
   */
  status: string;

  /** Twilio's error code, when it failed. @example 30003 */
  errorCode: number | null;

  /** The error in words; null when Twilio gives no reason. @example "The customer's phone is off or unreachable." */
  errorText: string | null;

  /** What to do about the error. @example "Try again later." */
  errorAdvice: string | null;

  /** When it was received or written. @example "2026-11-24T10:31:00.000Z" */
  at: Date;
}

/** A page of a thread. */
export class MessagePageDto {
  /** The messages. */
  data: MessageDto[];

  /** `cursor` of the next page; null on the last one. @example "MDE5YWIyYzQ" */
  nextCursor: string | null;
}

/** @param media its own, in their order */
export const presentMessage = (message: Message, media: MessageMedia[]): MessageDto => ({
  id: message.id,
  contactId: message.contactId,
  direction: message.direction,
  origin: message.origin,
  agentId: message.agentId,
  idempotencyKey: message.idempotencyKey,
  body: message.body,
  media: media.map(presentMedia),
  twilioMessageSid: message.twilioMessageSid,
  segments: message.segments,
  status: message.status,
  errorCode: message.errorCode,
  errorText: message.errorText,
  errorAdvice: message.errorAdvice,
  at: message.at,
});
