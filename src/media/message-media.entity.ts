import { Column, Entity, PrimaryColumn } from 'typeorm';

/** `linked`: of an outbound message, at the address the agent gave; it is never fetched. */
export type MediaState = 'pending' | 'stored' | 'unavailable' | 'linked' | 'removed';

/** A picture or file of a message. */
@Entity('message_media')
export class MessageMedia {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  accountId: string;

  @Column('uuid')
  contactId: string;

  @Column('uuid')
  messageId: string;

  /** Place in the message, from 0. */
  @Column('int')
  place: number;

  @Column('text')
  sourceUrl: string;

  /** As Twilio named it; what it really is, `detectedType` says. */
  @Column('text')
  contentType: string;

  @Column('text')
  state: MediaState;

  /** Why it is unavailable, in words. */
  @Column('text', { nullable: true })
  reason: string | null;

  /** What its bytes say that it is, once stored. */
  @Column('text', { nullable: true })
  detectedType: string | null;

  /** In bytes. */
  @Column('int', { nullable: true })
  size: number | null;

  /** Of its bytes, in hex. */
  @Column('text', { nullable: true })
  sha256: string | null;

  /** Where the media store has it, or may have a part of it: noted before the bytes are put. */
  @Column('text', { nullable: true })
  storageKey: string | null;

  /** Tries to fetch it, with the one under way. */
  @Column('int')
  attempts: number;

  /** Nobody tries before; while it is being fetched, that is when the try counts as lost. */
  @Column('timestamptz')
  nextTryAt: Date;

  /** One more with each nudge after the first. */
  @Column('int')
  jobGeneration: number;

  /** From then on, its job counts as lost. */
  @Column('timestamptz')
  jobDueAt: Date;
}
