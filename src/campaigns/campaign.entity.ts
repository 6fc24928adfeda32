import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn } from 'typeorm';
import type { LanguageSettings } from './language-settings.js';
import type { OpeningHours } from './opening-hours.js';

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

  /** Null: always open. */
  @Column('jsonb', { nullable: true })
  openingHours: OpeningHours | null;

  /** At most one for each of its languages. */
  @Column('jsonb', { default: [] })
  languageSettings: LanguageSettings[];

  /** One more with each change. */
  @Column('integer', { default: 1 })
  version: number;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt: Date;
}
