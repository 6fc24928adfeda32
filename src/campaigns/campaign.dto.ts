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

/** The campaign to create. */
export class CreateCampaignDto {
  /** The name, which is unique in the account. @example "Support" */
  @Transform(trim)
  @IsString()
  @Length(1, 80, { message: 'must be 1 to 80 characters long' })
  name: string;

  /** The languages as BCP 47 tags, which are stored in canonical form. @example ["en-US", "pt-BR"] */
  @Transform(canonical)
  @IsLanguage({ each: true })
  @ArrayUnique({ message: 'must name each language once' })
  @ArrayMaxSize(100, { message: 'must not have more than 100 items' })
  @ArrayNotEmpty({ message: 'must name at least one language' })
  @IsArray({ message: 'must be a list of BCP 47 language tags' })
  languages: string[];

  /** One of `languages`; if left out, the first of them. @example "en-US" */
  @MayBeLeftOut()
  @Transform(canonical)
  @IsLanguage()
  defaultLanguage?: string;

  /** Whether the SMS Inbound channel is on. If it is off, all entry points of the campaign are disabled. */
  @MayBeLeftOut()
  @IsBoolean()
  smsInboundEnabled?: boolean;

  /** When the campaign is open; null for always. The value replaces all previous opening hours. */
  @IsOptional()
  @ValidateNested({ message: 'must be { timeZone, weekly, exceptions }, or null for always open' })
  @Type(() => OpeningHoursDto)
  @IsObject({ message: 'must be { timeZone, weekly, exceptions }, or null for always open' })
  openingHours?: OpeningHoursDto | null;

  /**
   * Notices and keywords for those of `languages` that have any. The list replaces all previous settings. If it is left
   * out, the settings of removed languages are removed too.
   */
  @MayBeLeftOut()
  @ArrayUnique((settings: LanguageSettingsDto | null) => settings?.language, {
    message: 'must name each language once',
  })
  @IsListOf(() => LanguageSettingsDto, '{ language, outOfHoursNotice, stopWords, ... }', 100)
  languageSettings?: LanguageSettingsDto[];
}

/** The changes to a campaign; fields that are left out stay as they are. */
export class UpdateCampaignDto extends PartialType(CreateCampaignDto, { skipNullProperties: false }) {}

/** A campaign. */
export class CampaignDto {
  /** The id of the campaign in this API. @example "019ab2c4-7f7e-7c3a-9c55-0a3f1f6f2b11" */
  id: string;

  /** The name, which is unique in the account. @example "Support" */
  name: string;

  /** The languages as canonical BCP 47 tags. @example ["en-US", "pt-BR"] */
  languages: string[];

  /** One of `languages`. @example "en-US" */
  defaultLanguage: string;

  /** Whether the SMS Inbound channel is on. */
  smsInboundEnabled: boolean;

  /** When the campaign is open; null for always. */
  openingHours: OpeningHoursDto | null;

  /** Whether the campaign is open now. */
  isOpen: boolean;

  /** When the campaign opens next; null while it is open, or if it does not open within 60 days. @example "2026-11-25T08:00:00.000Z" */
  opensAt: Date | null;

  /** Notices and keywords for those languages that have any. */
  languageSettings: CountedLanguageSettingsDto[];

  /**
   * The version, which increases by one with each change. It is also the `ETag`: send it as `If-Match` so that you do not
   * overwrite a change that somebody else has made since. @example 1
   */
  version: number;

  /** When the campaign was created. @example "2026-11-24T10:31:00.000Z" */
  createdAt: Date;

  /** When the campaign was last changed. @example "2026-11-24T10:31:00.000Z" */
  updatedAt: Date;
}

/** A page of campaigns, newest first. */
export class CampaignPageDto {
  /** The campaigns. */
  data: CampaignDto[];

  /** The `cursor` of the next page; null on the last page. @example "MDE5YWIyYzQ" */
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
