import { Column, CreateDateColumn, DeleteDateColumn, Entity, PrimaryColumn, UpdateDateColumn } from 'typeorm';
import type { SmsWebhook } from '../twilio-integration/twilio-number.js';
import type { WebhookState } from './webhook-state.js';

export const ENTRY_POINT_STATES = ['active', 'disabled'] as const;
export type EntryPointState = (typeof ENTRY_POINT_STATES)[number];

/** One Twilio number, in one language of a campaign, with one webhook URL. */
@Entity('entry_points')
export class EntryPoint {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  accountId: string;

  @Column('uuid')
  campaignId: string;

  @Column('text')
  name: string;

  @Column('text')
  language: string;

  @Column('text')
  state: EntryPointState;

  @Column('text')
  phoneNumberSid: string;

  @Column('text')
  phoneNumber: string;

  /** Whether its number can send pictures and files, as of the last time that Twilio was asked; null when it never was. */
  @Column('boolean', { nullable: true })
  mms: boolean | null;

  /** The unguessable end of the webhook URL. */
  @Column('text')
  webhookKey: string;

  /** The URL that was last set at Twilio, without fragment: signatures made for it stay valid when PUBLIC_URL changes. */
  @Column('text', { nullable: true })
  webhookUrlSet: string | null;

  /** What stood at Twilio before the webhook was set; for the restore. */
  @Column('jsonb', { nullable: true })
  previousWebhook: SmsWebhook | null;

  @Column('text', { default: 'unknown' })
  webhookState: WebhookState;

  @Column('timestamptz', { nullable: true })
  webhookCheckedAt: Date | null;

  /** Since when the SMS of its number should come here; null while its webhook is not set, or was restored. */
  @Column('timestamptz', { nullable: true })
  webhookSetAt: Date | null;

  /** The template of the first answer to a new contact; null for none. */
  @Column('text', { nullable: true })
  greeting: string | null;

  /** After how many hours of silence its contacts are closed; null for never. */
  @Column('integer', { nullable: true, default: 24 })
  autoCloseHours: number | null;

  /** How long after the close an SMS opens the same contact again; 0 for a new contact at once. */
  @Column('integer', { default: 0 })
  reopenMinutes: number;

  /** One more with each change that somebody makes; what a check at Twilio finds is none. */
  @Column('integer', { default: 1 })
  version: number;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt: Date;

  /** A deleted entry point stays as a row: its contacts name it. */
  @DeleteDateColumn({ type: 'timestamptz' })
  deletedAt: Date | null;
}
