import type {
  CampaignDto,
  CreateCampaignDto,
  LanguageSettingsDto,
  OpeningHoursDto,
  UpdateCampaignDto,
} from '../api/generated/types.gen.ts';

/** What a campaign says and listens for in a language, with nothing left out. */
export interface LanguageForm {
  language: string;
  /** Empty for none. */
  outOfHoursNotice: string;
  stopWords: string[];
  startWords: string[];
  helpWords: string[];
}

export const WORD_LISTS = ['stopWords', 'startWords', 'helpWords'] as const;
export type WordList = (typeof WORD_LISTS)[number];

/** What Twilio itself takes for a whole text, in every language. */
export const TWILIO_WORDS: Record<WordList, string[]> = {
  stopWords: ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT'],
  startWords: ['START', 'UNSTOP', 'YES'],
  helpWords: ['HELP', 'INFO'],
};

/** A campaign as the drawer has it: with settings for each of its languages, also where there are none yet. */
export interface CampaignForm {
  name: string;
  languages: string[];
  defaultLanguage: string;
  smsInboundEnabled: boolean;
  openingHours: OpeningHoursDto | null;
  languageSettings: LanguageForm[];
}

export const MAX_NAME_LENGTH = 80;

export const emptyForm = (): CampaignForm => ({
  name: '',
  languages: [],
  defaultLanguage: '',
  smsInboundEnabled: true,
  openingHours: null,
  languageSettings: [],
});

export const formOf = (campaign: CampaignDto): CampaignForm => ({
  name: campaign.name,
  languages: campaign.languages,
  defaultLanguage: campaign.defaultLanguage,
  smsInboundEnabled: campaign.smsInboundEnabled,
  openingHours: campaign.openingHours,
  languageSettings: settingsFor(
    campaign.languages,
    campaign.languageSettings.map(({ language, outOfHoursNotice, stopWords, startWords, helpWords }) => ({
      language,
      outOfHoursNotice: outOfHoursNotice ?? '',
      stopWords,
      startWords,
      helpWords,
    })),
  ),
});

/** Chooses the languages; the default one stays as long as it is among them, and so do the settings of each. */
export const withLanguages = (form: CampaignForm, languages: string[]): Partial<CampaignForm> => ({
  languages,
  defaultLanguage: languages.includes(form.defaultLanguage) ? form.defaultLanguage : (languages[0] ?? ''),
  languageSettings: settingsFor(languages, form.languageSettings),
});

const settingsFor = (languages: string[], known: LanguageForm[]): LanguageForm[] =>
  languages.map(
    (language) =>
      known.find((each) => each.language === language) ?? {
        language,
        outOfHoursNotice: '',
        stopWords: [],
        startWords: [],
        helpWords: [],
      },
  );

/** In the order of the form, so that the service's errors name the same place. */
const toSettings = (settings: LanguageForm[]): LanguageSettingsDto[] =>
  settings.map(({ outOfHoursNotice, ...rest }) => ({
    ...rest,
    outOfHoursNotice: outOfHoursNotice.trim() === '' ? null : outOfHoursNotice,
  }));

export const toCreate = (form: CampaignForm): CreateCampaignDto => ({
  ...form,
  languageSettings: toSettings(form.languageSettings),
});

/** Only what was changed: the rest may be somebody else's. */
export function toUpdate(form: CampaignForm, changed: (keyof CampaignForm)[]): UpdateCampaignDto {
  const entries = Object.entries(toCreate(form)).filter(([field]) => changed.includes(field as keyof CampaignForm));
  return Object.fromEntries(entries) as UpdateCampaignDto;
}
