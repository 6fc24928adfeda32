import type {
  CampaignDto,
  CreateEntryPointDto,
  EntryPointDto,
  UpdateEntryPointDto,
} from '../api/generated/types.gen.ts';

/** An entry point as the editor has it: no greeting is an empty one, and a number that is being typed may be missing. */
export interface EntryPointForm {
  name: string;
  campaignId: string;
  language: string;
  state: EntryPointDto['state'];
  phoneNumberSid: string;
  greeting: string;
  /** Null for never. */
  autoCloseHours: number | '' | null;
  reopenMinutes: number | '';
}

export const MAX_NAME_LENGTH = 80;
export const USUAL_AUTO_CLOSE_HOURS = 24;
export const MAX_AUTO_CLOSE_HOURS = 8_760;
export const MAX_REOPEN_MINUTES = 10_080;

/** A new one; where there is one campaign only, nobody has to choose it. */
export function emptyForm(campaigns: CampaignDto[]): EntryPointForm {
  const only = campaigns.length === 1 ? campaigns[0] : undefined;
  return {
    name: '',
    campaignId: only?.id ?? '',
    language: only?.defaultLanguage ?? '',
    state: 'active',
    phoneNumberSid: '',
    greeting: '',
    autoCloseHours: USUAL_AUTO_CLOSE_HOURS,
    reopenMinutes: 0,
  };
}

export const formOf = (entryPoint: EntryPointDto): EntryPointForm => ({
  name: entryPoint.name,
  campaignId: entryPoint.campaignId,
  language: entryPoint.language,
  state: entryPoint.state,
  phoneNumberSid: entryPoint.phoneNumberSid,
  greeting: entryPoint.greeting ?? '',
  autoCloseHours: entryPoint.autoCloseHours,
  reopenMinutes: entryPoint.reopenMinutes,
});

export const toCreate = (form: EntryPointForm): CreateEntryPointDto => ({
  ...form,
  greeting: form.greeting.trim() === '' ? null : form.greeting,
  autoCloseHours: form.autoCloseHours === '' ? null : form.autoCloseHours,
  reopenMinutes: Number(form.reopenMinutes),
});

/** Only what was changed: the rest may be somebody else's. */
export function toUpdate(form: EntryPointForm, changed: (keyof EntryPointForm)[]): UpdateEntryPointDto {
  const entries = Object.entries(toCreate(form)).filter(([field]) => changed.includes(field as keyof EntryPointForm));
  return Object.fromEntries(entries) as UpdateEntryPointDto;
}

/** As the service counts: an emoji is one character. */
export const nameLength = (name: string): number => [...name.trim()].length;
