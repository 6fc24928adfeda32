import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsOptional } from 'class-validator';
import { canonical, IsLanguage } from '../common/language.rule.js';
import { countNoticeSegments } from '../common/notice-segments.js';
import { SegmentsDto } from '../common/segments.dto.js';
import { IsNoticeTemplate, storable } from '../common/sms-text.rule.js';
import { trim } from '../common/trim.js';
import { AreWords } from './language-settings.rule.js';
import type { LanguageSettings } from './language-settings.js';
import { sampleValues } from './notice-values.js';

const MAX_NAME_LENGTH = 80;

const trimmed = ({ value }: { value: unknown }): unknown =>
  Array.isArray(value) ? value.map((word) => storable({ value: trim({ value: word }) })) : value;

/** The notice and the keywords of a campaign in one of its languages. */
export class LanguageSettingsDto implements LanguageSettings {
  /** One of the campaign's languages; each may only occur once in the list. @example "en-US" */
  @Transform(canonical)
  @IsLanguage()
  language: string;

  /**
   * The answer to customers who write outside opening hours; null for none. The placeholders `{entryPoint}`, `{campaign}`,
   * `{number}` (of the entry point), `{customer}` and `{opensAt}` are filled in; `{{` stands for a brace.
   * @example "We are closed. We will answer from {opensAt} on."
   */
  @ApiPropertyOptional()
  @IsOptional()
  @IsNoticeTemplate()
  outOfHoursNotice: string | null = null;

  /** Texts that opt a customer out, in addition to Twilio's own (STOP ...). They match whole texts in any case. @example ["ALTO"] */
  @ApiPropertyOptional()
  @Transform(trimmed)
  @AreWords()
  stopWords: string[] = [];

  /** Texts that opt a customer in again, in addition to Twilio's own (START ...). @example ["INICIO"] */
  @ApiPropertyOptional()
  @Transform(trimmed)
  @AreWords()
  startWords: string[] = [];

  /** Texts that ask for help, in addition to Twilio's own (HELP ...). @example ["AYUDA"] */
  @ApiPropertyOptional()
  @Transform(trimmed)
  @AreWords()
  helpWords: string[] = [];
}

/** The notice and the keywords of a campaign in one of its languages, with the segments that the notice takes. */
export class CountedLanguageSettingsDto implements LanguageSettings {
  /** One of the campaign's languages. @example "en-US" */
  language: string;

  /** The answer to customers who write outside opening hours, with its placeholders; null for none. */
  outOfHoursNotice: string | null;

  /** The segments of the notice, for the longest name that an entry point may have; null without a notice. */
  outOfHoursNoticeSegments: SegmentsDto | null;

  /** Texts that opt a customer out, in addition to Twilio's own. @example ["ALTO"] */
  stopWords: string[];

  /** Texts that opt a customer in again, in addition to Twilio's own. @example ["INICIO"] */
  startWords: string[];

  /** Texts that ask for help, in addition to Twilio's own. @example ["AYUDA"] */
  helpWords: string[];
}

/** @param campaignName the value of `{campaign}` */
export const presentLanguageSettings = (
  settings: LanguageSettings,
  campaignName: string,
): CountedLanguageSettingsDto => {
  const { language, outOfHoursNotice, stopWords, startWords, helpWords } = settings;
  const values = sampleValues({ entryPoint: 'x'.repeat(MAX_NAME_LENGTH), campaign: campaignName, language });
  return {
    language,
    outOfHoursNotice,
    outOfHoursNoticeSegments: outOfHoursNotice === null ? null : countNoticeSegments(outOfHoursNotice, values),
    stopWords,
    startWords,
    helpWords,
  };
};
