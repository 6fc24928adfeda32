import { IsOptional, IsString } from 'class-validator';
import { LimitQuery } from '../common/cursor-page.js';
import type { ContactEvent, ContactEventType } from './contact-event.js';
import { toSequence } from './sequence.js';

/** From where in the log to read. */
export class ContactEventQuery extends LimitQuery {
  /** `sequence` of the last event you have; leave it out to begin with the oldest event there is. */
  @IsOptional()
  @IsString()
  after?: string;
}

/** From where to stream. */
export class EventStreamQuery {
  /** `sequence` after which to begin; left out, only what happens from now on comes. */
  @IsOptional()
  @IsString()
  after?: string;
}

/** What the event is about: ids only, never a text or a number. Read the rest through the API. */
export class ContactEventDataDto {
  /** The contact. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b11" */
  contactId: string;

  /** The message, for `contact.message`, `message.status` and `message.media`. @example "019ab2c4-7f80-7c3a-9c55-0a3f1f6f2b12" */
  messageId?: string;

  /** The contact's version after this event; one more with each event of the contact. @example 3 */
  version: number;
}

/** A contact event: CloudEvents 1.0. */
export class ContactEventDto {
  /** CloudEvents' version. @example "1.0" */
  specversion: '1.0';

  /** Stable over repeats; remember it to tell them. @example "019ab2c4-7f81-7c3a-9c55-0a3f1f6f2b13" */
  id: string;

  /** The account whose contact it is. @example "/accounts/019ab2c4-0000-7c3a-9c55-0a3f1f6f2b10" */
  source: string;

  /** What happened. @example "contact.message" */
  type: ContactEventType;

  /** Id of the contact. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b11" */
  subject: string;

  /** When it happened, ISO 8601 in UTC. @example "2026-11-24T10:31:00.000Z" */
  time: string;

  /** Place in the account's log; sorts as text, and serves as `after`. @example "00000000000002f2.000000000000000c" */
  sequence: string;

  /** What it is about, in ids. */
  data: ContactEventDataDto;
}

/** A page of the log, oldest first. */
export class ContactEventPageDto {
  /** The events. */
  data: ContactEventDto[];

  /**
   * `after` of the next page; null when there is nothing more yet: go on later with the last event's `sequence`.
   * @example "MDE5YWIyYzQ"
   */
  nextCursor: string | null;
}

/** The events. */
export const presentContactEvent = (event: ContactEvent): ContactEventDto => ({
  specversion: '1.0',
  id: event.id,
  source: `/accounts/${event.accountId}`,
  type: event.type,
  subject: event.contactId,
  time: event.at.toISOString(),
  sequence: toSequence(event),
  data: {
    contactId: event.contactId,
    ...(event.messageId !== null && { messageId: event.messageId }),
    version: event.version,
  },
});
