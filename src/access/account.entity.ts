import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** The tenant. Everything else belongs to one account and is invisible to all others. */
@Entity('accounts')
export class Account {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  name: string;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;

  /** Since when SMS Inbound is disabled for all entry points, whatever their own state; null while it is enabled. */
  @Column('timestamptz', { nullable: true })
  smsInboundDisabledAt: Date | null;

  /** The id of the user or API key that disabled it. */
  @Column('uuid', { nullable: true })
  smsInboundDisabledBy: string | null;

  /** When a scheduler last started to check the account's webhooks at Twilio. */
  @Column('timestamptz', { nullable: true })
  webhooksCheckedAt: Date | null;
}
