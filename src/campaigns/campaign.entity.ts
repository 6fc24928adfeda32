import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn } from 'typeorm';

/** A named set of languages with an SMS Inbound channel that is on or off. */
@Entity('campaigns')
export class Campaign {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  accountId: string;

  @Column('text')
  name: string;

  /** Canonical BCP 47 tags. */
  @Column('text', { array: true })
  languages: string[];

  @Column('text')
  defaultLanguage: string;

  /** Off disables every entry point of the campaign at once, and leaves their own states alone. */
  @Column('boolean')
  smsInboundEnabled: boolean;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt: Date;
}
