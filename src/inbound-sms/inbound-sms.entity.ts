import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { InboundMedia } from '../twilio-integration/inbound-sms.form.js';
import type { Verdict } from './verdict.js';

export const INBOUND_SMS_SOURCES = ['webhook', 'reconciled'] as const;
export type InboundSmsSource = (typeof INBOUND_SMS_SOURCES)[number];

/** A row of the journal: an SMS that Twilio delivered, stored once, with its verdict. */
@Entity('inbound_sms')
export class InboundSmsRow {
  @PrimaryColumn('uuid')
  id: string;

  /** The order in which the intake stored the rows. */
  @Column('bigint', { generated: 'identity' })
  receivedOrder: string;

  @Column('uuid')
  accountId: string;

  @Column('text')
  accountSid: string;

  @Column('text')
  twilioMessageSid: string;

  @Column('text')
  fromNumber: string;

  @Column('text')
  toNumber: string;

  @Column('text')
  body: string;

  @Column('int', { nullable: true })
  segments: number | null;

  @Column('jsonb')
  media: InboundMedia[];

  /** The form, byte by byte as it was received. */
  @Column('bytea')
  raw: Buffer;

  /** Whether Twilio posted it, or it was missing and was fetched from Twilio's list. */
  @Column('text')
  source: InboundSmsSource;

  /** By Twilio's clock; set only for SMS fetched from its list. */
  @Column('timestamptz', { nullable: true })
  sentAt: Date | null;

  @Column('timestamptz')
  receivedAt: Date;

  @Column('timestamptz', { nullable: true })
  processedAt: Date | null;

  /** Null until it is processed. */
  @Column('text', { nullable: true })
  verdict: Verdict | null;

  @Column('uuid', { nullable: true })
  entryPointId: string | null;

  @Column('uuid', { nullable: true })
  contactId: string | null;

  @Column('int')
  attempts: number;

  /** Consecutive attempts that began and never ended. */
  @Column('int')
  unfinishedTries: number;

  @Column('text', { nullable: true })
  lastError: string | null;

  /** When somebody discarded a dead letter. */
  @Column('timestamptz', { nullable: true })
  discardedAt: Date | null;

  /** Starts at 1 and grows with each further job for this row. */
  @Column('int')
  jobGeneration: number;
}
