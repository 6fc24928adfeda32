import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn } from 'typeorm';

/** A named internal service that receives contact events through a BullMQ queue of its own. */
@Entity('consumers')
export class Consumer {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  accountId: string;

  /** Unique over all accounts: it names the queue. */
  @Column('text')
  name: string;

  @Column('text', { default: 'queue' })
  transport: 'queue';

  /** The place in the log up to which events are in its queue. */
  @Column('text')
  cursorTransactionId: string;

  @Column('bigint')
  cursorPosition: string;

  /** Part of each job id; one more with each replay, since BullMQ ignores a job id that it remembers. */
  @Column('int', { default: 1 })
  generation: number;

  @Column('bigint', { default: 0 })
  publishedCount: string;

  @Column('timestamptz', { nullable: true })
  lastPublishedAt: Date | null;

  @Column('text', { nullable: true })
  lastError: string | null;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt: Date;
}
