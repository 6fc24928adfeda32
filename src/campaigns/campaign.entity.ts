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

  /** The languages as canonical BCP 47 tags. */
  @Column('text', { array: true })
  languages: string[];

  @Column('text')
  defaultLanguage: string;

  /** If false, every entry point of the campaign is disabled, while its own state is kept. */
  @Column('boolean')
  smsInboundEnabled: boolean;

  /** Null means always open. */
  @Column('jsonb', { nullable: true })
  openingHours: OpeningHours | null;

  /** At most one item for each of the languages. */
  @Column('jsonb', { default: [] })
  languageSettings: LanguageSettings[];

  /** Increases by one with each change. */
  @Column('integer', { default: 1 })
  version: number;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt: Date;
}
