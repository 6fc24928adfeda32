import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

export const CONTACT_STATES = ['waiting', 'active', 'closed'] as const;
export type ContactState = (typeof CONTACT_STATES)[number];

/** Who closed it: an agent, or the service after a silence. */
export type CloseReason = 'agent' | 'silence';

/** One conversation of one customer number with one entry point. At most one that is not closed per such pair. */
@Entity('contacts')
export class Contact {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  accountId: string;

  @Column('uuid')
  campaignId: string;

  @Column('uuid')
  entryPointId: string;

  @Column('text')
  state: ContactState;

  /** The entry point's language when the contact was made. */
  @Column('text')
  lang: string;

  /** The customer's number (`From`). */
  @Column('text')
  ani: string;

  /** The number the customer texted (`To`). */
  @Column('text')
  dnis: string;

  @Column('text', { nullable: true })
  agentId: string | null;

  @Column('text', { array: true })
  tags: string[];

  @Column('jsonb')
  data: Record<string, unknown>;

  @Column('int')
  messageCount: number;

  /** One more with each event of the contact. */
  @Column('int')
  version: number;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  acceptedAt: Date | null;

  @Column('timestamptz', { nullable: true })
  closedAt: Date | null;

  /** Null while it is open. */
  @Column('text', { nullable: true })
  closeReason: CloseReason | null;

  /** When it was last opened again after a close. */
  @Column('timestamptz', { nullable: true })
  reopenedAt: Date | null;

  @Column('timestamptz')
  lastMessageAt: Date;
}
