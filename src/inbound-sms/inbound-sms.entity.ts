import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { InboundMedia } from '../twilio-integration/inbound-sms.form.js';
import type { Verdict } from './verdict.js';

export const INBOUND_SMS_SOURCES = ['webhook', 'reconciled'] as const;
export type InboundSmsSource = (typeof INBOUND_SMS_SOURCES)[number];

/** The journal: what Twilio delivered, once, with its verdict. */
@Entity('inbound_sms')
export class InboundSmsRow {
  @PrimaryColumn('uuid')
  id: string;

  /** The order in which the door stored them. */
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

  /** The form exactly as it came. */
  @Column('bytea')
  raw: Buffer;

  /** Whether Twilio's webhook brought it, or it was missing and came from Twilio's list. */
  @Column('text')
  source: InboundSmsSource;

  /** By Twilio's clock; only of what came from its list. */
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

  /** Tries that began and never ended, in a row. */
  @Column('int')
  unfinishedTries: number;

  @Column('text', { nullable: true })
  lastError: string | null;

  /** When somebody put a dead letter aside. */
  @Column('timestamptz', { nullable: true })
  discardedAt: Date | null;

  /** One more with each nudge after the first. */
  @Column('int')
  jobGeneration: number;
}
