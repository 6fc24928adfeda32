import type { CampaignDto } from '../../src/campaigns/campaign.dto.js';
import type { EntryPointDto } from '../../src/entry-points/entry-point.dto.js';
import type { PhoneNumberListDto } from '../../src/entry-points/phone-number.dto.js';
import type { Answer } from './api.ts';
import type { TestApp } from './app.ts';

let made = 0;

/** Connects the simulator's Twilio account. */
export async function connectTelephony({ api, simulator }: Pick<TestApp, 'api' | 'simulator'>): Promise<void> {
  const { accountSid, authToken } = simulator;
  expectStatus(await api.put('telephony', { accountSid, authToken }), 200);
}

export async function buildCampaign(
  { api }: Pick<TestApp, 'api'>,
  given: Partial<CampaignDto> = {},
): Promise<CampaignDto> {
  const body = { name: `Campaign ${++made}`, languages: ['en-US', 'pt-BR'], ...given };
  return expectStatus(await api.post<CampaignDto>('campaigns', body), 201);
}

/** Creates an entry point on a number (by default the simulator's US support number), and sets its webhook. */
export async function buildEntryPoint(
  app: Pick<TestApp, 'api'>,
  { phoneNumber = '+15005550006', ...given }: Partial<EntryPointDto> = {},
): Promise<EntryPointDto> {
  const campaignId = given.campaignId ?? (await buildCampaign(app)).id;
  const numbers = expectStatus(await app.api.get<PhoneNumberListDto>('telephony/phone-numbers'), 200).data;
  const phoneNumberSid = numbers.find((number) => number.phoneNumber === phoneNumber)?.sid;
  const body = { name: `Entry point ${++made}`, language: 'en-US', ...given, campaignId, phoneNumberSid };
  const entryPoint = expectStatus(await app.api.post<EntryPointDto>('entry-points', body), 201);
  expectStatus(await app.api.post(`entry-points/${entryPoint.id}/webhook`), 200);
  return entryPoint;
}

export function expectStatus<T>({ status, body }: Answer<T>, expected: number): T {
  if (status !== expected) throw new Error(`Expected ${expected}, got ${status}: ${JSON.stringify(body)}`);
  return body;
}
