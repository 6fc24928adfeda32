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

/** What a campaign says, and listens for, in one of its languages. */
export class LanguageSettingsDto implements LanguageSettings {
  /** One of the campaign's languages, once in the list. @example "en-US" */
  @Transform(canonical)
  @IsLanguage()
  language: string;

  /**
   * The answer to whom writes outside opening hours; null for none. `{entryPoint}`, `{campaign}`, `{number}` (ours),
   * `{customer}` and `{opensAt}` are filled in, `{{` writes a brace.
   * @example "We are closed. We will answer from {opensAt} on."
   */
  @ApiPropertyOptional()
  @IsOptional()
  @IsNoticeTemplate()
  outOfHoursNotice: string | null = null;

  /** Texts that opt a customer out, beside Twilio's own (STOP ...); a whole text, in any case. @example ["ALTO"] */
  @ApiPropertyOptional()
  @Transform(trimmed)
  @AreWords()
  stopWords: string[] = [];

  /** Texts that opt a customer in again, beside Twilio's own (START ...). @example ["INICIO"] */
  @ApiPropertyOptional()
  @Transform(trimmed)
  @AreWords()
  startWords: string[] = [];

  /** Texts that ask for help, beside Twilio's own (HELP ...). @example ["AYUDA"] */
  @ApiPropertyOptional()
  @Transform(trimmed)
  @AreWords()
  helpWords: string[] = [];
}

/** What a campaign says, and listens for, in one of its languages, and what that costs. */
export class CountedLanguageSettingsDto implements LanguageSettings {
  /** One of the campaign's languages. @example "en-US" */
  language: string;

  /** The answer to whom writes outside opening hours, with its placeholders; null for none. */
  outOfHoursNotice: string | null;

  /** What the notice costs, with the longest name that an entry point may have; null without a notice. */
  outOfHoursNoticeSegments: SegmentsDto | null;

  /** Texts that opt a customer out, beside Twilio's own. @example ["ALTO"] */
  stopWords: string[];

  /** Texts that opt a customer in again, beside Twilio's own. @example ["INICIO"] */
  startWords: string[];

  /** Texts that ask for help, beside Twilio's own. @example ["AYUDA"] */
  helpWords: string[];
}

/** @param campaignName what `{campaign}` stands for */
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
