import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn } from 'typeorm';

/** A text that the account's agents have ready. */
@Entity('canned_replies')
export class CannedReply {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  accountId: string;

  /** What agents type after a slash to get it; unique in the account. */
  @Column('text')
  shortcut: string;

  @Column('text')
  text: string;

  /** One more with each change. */
  @Column('integer', { default: 1 })
  version: number;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt: Date;
}
