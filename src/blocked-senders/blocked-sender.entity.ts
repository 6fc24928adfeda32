import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** Somebody whose SMS reach no agent of the account. */
@Entity('blocked_senders')
export class BlockedSender {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  accountId: string;

  /** As Twilio names the sender (`From`). */
  @Column('text')
  phoneNumber: string;

  @Column('text', { nullable: true })
  reason: string | null;

  /** The user or the API key. */
  @Column('uuid', { nullable: true })
  createdBy: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;
}
