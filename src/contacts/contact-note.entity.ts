import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** What agents tell each other about a contact. The customer never sees it. */
@Entity('contact_notes')
export class ContactNote {
  @PrimaryColumn('uuid')
  id: string;

  /** The order in which notes were added. */
  @Column('bigint', { generated: 'identity' })
  position: string;

  @Column('uuid')
  accountId: string;

  @Column('uuid')
  contactId: string;

  @Column('text')
  body: string;

  /** Who wrote it, as the desk names them. */
  @Column('text', { nullable: true })
  agentId: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;
}
