import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Who wrote it; the service writes greetings and notices by itself. */
export type MessageOrigin = 'customer' | 'agent' | 'greeting' | 'out_of_hours_notice';

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
  origin: MessageOrigin;

  /** The agent who wrote it, as the desk names them. */
  @Column('text', { nullable: true })
  agentId: string | null;

  /** Of the request that it came with. */
  @Column('text', { nullable: true })
  idempotencyKey: string | null;

  @Column('text')
  body: string;

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

  /** What to do about the error. */
  @Column('text', { nullable: true })
  errorAdvice: string | null;

  @Column('timestamptz')
  at: Date;
}
