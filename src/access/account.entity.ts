import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** The tenant. Everything else belongs to one account and is invisible to every other. */
@Entity('accounts')
export class Account {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  name: string;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;

  /** Since when no entry point makes contacts, whatever its own switch says; null while they may. */
  @Column('timestamptz', { nullable: true })
  smsInboundDisabledAt: Date | null;

  /** The user or the API key that disabled them. */
  @Column('uuid', { nullable: true })
  smsInboundDisabledBy: string | null;

  /** When a scheduler last set out to look at the account's webhooks at Twilio. */
  @Column('timestamptz', { nullable: true })
  webhooksCheckedAt: Date | null;
}
