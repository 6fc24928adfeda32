import { Column, Entity, PrimaryColumn } from 'typeorm';

export type OptOutKind = 'opted_out' | 'opted_in';

/**
 * How it is known: a `keyword` that the customer texted, Twilio's `opt_out_type` of that text, or error 21610, with
 * which Twilio refused a reply.
 */
export type OptOutSource = 'keyword' | 'opt_out_type' | 'twilio_21610';

/** A row of the ledger: one customer wants no texts from one of our numbers, or wants them again. Never changed. */
@Entity('opt_outs')
export class OptOut {
  @PrimaryColumn('uuid')
  id: string;

  /** The order in which rows were added. */
  @Column('bigint', { generated: 'identity' })
  position: string;

  @Column('uuid')
  accountId: string;

  @Column('text')
  customer: string;

  /** Ours. */
  @Column('text')
  phoneNumber: string;

  @Column('text')
  kind: OptOutKind;

  @Column('text')
  source: OptOutSource;

  @Column('text', { nullable: true })
  word: string | null;

  /** The text that said so. */
  @Column('uuid', { nullable: true })
  inboundSmsId: string | null;

  /** The reply that Twilio refused. */
  @Column('uuid', { nullable: true })
  messageId: string | null;

  /** When it was said, which may be before an older row was added. */
  @Column('timestamptz')
  at: Date;
}
