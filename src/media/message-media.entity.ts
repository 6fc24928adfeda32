import { Column, Entity, PrimaryColumn } from 'typeorm';

/** `linked`: an agent sent it by URL; it is never fetched. */
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

  /** As Twilio declared it; `detectedType` is what it really is. */
  @Column('text')
  contentType: string;

  @Column('text')
  state: MediaState;

  /** Why it is unavailable, in words. */
  @Column('text', { nullable: true })
  reason: string | null;

  /** Detected from its bytes, once stored. */
  @Column('text', { nullable: true })
  detectedType: string | null;

  /** In bytes. */
  @Column('int', { nullable: true })
  size: number | null;

  /** Of its bytes, in hex. */
  @Column('text', { nullable: true })
  sha256: string | null;

  /** Its key in the media store, recorded before the bytes are stored. */
  @Column('text', { nullable: true })
  storageKey: string | null;

  /** Attempts to fetch it, including the one under way. */
  @Column('int')
  attempts: number;

  /** Not before this time; while it is being fetched, the end of the attempt's lease. */
  @Column('timestamptz')
  nextTryAt: Date;

  /** Starts at 1 and grows with each further job. */
  @Column('int')
  jobGeneration: number;

  /** After this time its job counts as lost. */
  @Column('timestamptz')
  jobDueAt: Date;
}
