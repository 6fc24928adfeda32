import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A picture or file of a message, as Twilio named it. */
export interface MessageMedia {
  url: string;
  contentType: string;
}

/** A line of a contact's thread. */
@Entity('messages')
export class Message {
  @PrimaryColumn('uuid')
  id: string;

  /** Place in the thread: the order in which messages were added. */
  @Column('bigint', { generated: 'identity' })
  position: string;

  @Column('uuid')
  accountId: string;

  @Column('uuid')
  contactId: string;

  @Column('text')
  direction: 'inbound' | 'outbound';

  @Column('text')
  body: string;

  @Column('jsonb')
  media: MessageMedia[];

  /** The journal row it came from. */
  @Column('uuid', { nullable: true })
  inboundSmsId: string | null;

  @Column('text', { nullable: true })
  twilioMessageSid: string | null;

  @Column('int', { nullable: true })
  segments: number | null;

  @Column('text')
  status: string;

  @Column('int', { nullable: true })
  errorCode: number | null;

  @Column('text', { nullable: true })
  errorText: string | null;

  @Column('timestamptz')
  at: Date;
}
