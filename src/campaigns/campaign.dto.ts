import { PartialType } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsObject,
  IsOptional,
  IsString,
  Length,
  ValidateNested,
} from 'class-validator';
import { trim } from '../common/trim.js';
import { canonical, IsLanguage } from '../common/language.rule.js';
import { MayBeLeftOut } from '../common/left-out.rule.js';
import { IsListOf } from '../common/list.rule.js';
import type { Campaign } from './campaign.entity.js';
import { CountedLanguageSettingsDto, LanguageSettingsDto, presentLanguageSettings } from './language-settings.dto.js';
import { isOpen, nextOpening } from './opening-hours.js';
import { OpeningHoursDto } from './opening-hours.dto.js';

/** A new campaign. */
export class CreateCampaignDto {
  /** Unique in the account. @example "Support" */
  @Transform(trim)
  @IsString()
  @Length(1, 80, { message: 'must be 1 to 80 characters long' })
  name: string;

  /** BCP 47 tags; they are stored in canonical form. @example ["en-US", "pt-BR"] */
  @Transform(canonical)
  @IsLanguage({ each: true })
  @ArrayUnique({ message: 'must name each language once' })
  @ArrayMaxSize(100, { message: 'must not be more than 100' })
  @ArrayNotEmpty({ message: 'must name at least one language' })
  @IsArray({ message: 'must be a list of BCP 47 language tags' })
  languages: string[];

  /** One of `languages`; the first of them if left out. @example "en-US" */
  @MayBeLeftOut()
  @Transform(canonical)
  @IsLanguage()
  defaultLanguage?: string;

  /** The SMS Inbound channel: off disables all entry points of the campaign at once. */
  @MayBeLeftOut()
  @IsBoolean()
  smsInboundEnabled?: boolean;

  /** When it is open; null for always. It is replaced as a whole. */
  @IsOptional()
  @ValidateNested({ message: 'must be { timeZone, weekly, exceptions }, or null for always open' })
  @Type(() => OpeningHoursDto)
  @IsObject({ message: 'must be { timeZone, weekly, exceptions }, or null for always open' })
  openingHours?: OpeningHoursDto | null;

  /**
   * Notices and words, for those of `languages` that have any. They are replaced as a whole; when left out, a language
   * that goes takes its own along.
   */
  @MayBeLeftOut()
  @ArrayUnique((settings: LanguageSettingsDto | null) => settings?.language, {
    message: 'must name each language once',
  })
  @IsListOf(() => LanguageSettingsDto, '{ language, outOfHoursNotice, stopWords, ... }', 100)
  languageSettings?: LanguageSettingsDto[];
}

/** What to change of a campaign; what is left out stays. */
export class UpdateCampaignDto extends PartialType(CreateCampaignDto, { skipNullProperties: false }) {}

/** A campaign. */
export class CampaignDto {
  /** Names the campaign in this API. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b11" */
  id: string;

  /** Unique in the account. @example "Support" */
  name: string;

  /** Canonical BCP 47 tags. @example ["en-US", "pt-BR"] */
  languages: string[];

  /** One of `languages`. @example "en-US" */
  defaultLanguage: string;

  /** Whether its SMS Inbound channel is on. */
  smsInboundEnabled: boolean;

  /** When it is open; null for always. */
  openingHours: OpeningHoursDto | null;

  /** Whether it is open now. */
  isOpen: boolean;

  /** When it opens next; null while it is open, or when it does not open within 60 days. @example "2026-11-25T08:00:00.000Z" */
  opensAt: Date | null;

  /** Notices and words, for those of its languages that have any. */
  languageSettings: CountedLanguageSettingsDto[];

  /**
   * One more with each change. It is the `ETag` too: give it back as `If-Match`, and a change that somebody made since is
   * not undone. @example 1
   */
  version: number;

  /** When it was made. @example "2026-11-24T10:31:00.000Z" */
  createdAt: Date;

  /** When it was last changed. @example "2026-11-24T10:31:00.000Z" */
  updatedAt: Date;
}

/** A page of campaigns, newest first. */
export class CampaignPageDto {
  /** The campaigns. */
  data: CampaignDto[];

  /** `cursor` of the next page; null on the last one. @example "MDE5YWIyYzQ" */
  nextCursor: string | null;
}

export const presentCampaign = (campaign: Campaign, now = new Date()): CampaignDto => {
  const isOpenNow = isOpen(campaign.openingHours, now);
  return {
    id: campaign.id,
    name: campaign.name,
    languages: campaign.languages,
    defaultLanguage: campaign.defaultLanguage,
    smsInboundEnabled: campaign.smsInboundEnabled,
    openingHours: campaign.openingHours,
    isOpen: isOpenNow,
    opensAt: isOpenNow ? null : nextOpening(campaign.openingHours, now),
    languageSettings: campaign.languageSettings.map((each) => presentLanguageSettings(each, campaign.name)),
    version: campaign.version,
    createdAt: campaign.createdAt,
    updatedAt: campaign.updatedAt,
  };
};
