import { Api } from './api.ts';
import type { Demo } from './demo.ts';

export interface EntryPoint {
  id: string;
  name: string;
  language: string;
  phoneNumber: string;
}

interface List<T> {
  data: T[];
}

const CAMPAIGN = { name: 'Support', languages: ['en-US', 'pt-BR'], defaultLanguage: 'en-US' };
const ENTRY_POINTS = [
  { name: 'Support EN', language: 'en-US', phoneNumber: '+15005550006' },
  { name: 'Suporte PT', language: 'pt-BR', phoneNumber: '+5511955550001' },
];

/**
 * Connects the simulated Twilio account, and creates a campaign with two entry points whose webhooks are set, and a consumer
 * called `demo`. What exists from a previous run is kept.
 */
export async function seed(demo: Demo): Promise<EntryPoint[]> {
  const api = new Api(demo);
  await api.put('telephony', { accountSid: demo.accountSid, authToken: demo.authToken });
  await api.put('consumers/demo', {});
  const campaignId = await findOrCreateCampaign(api);
  const entryPoints = await findOrCreateEntryPoints(api, campaignId);
  // Sets the webhooks at every start, since the port and with it the URL may have changed.
  for (const { id } of entryPoints) await api.post(`entry-points/${id}/webhook`);
  return entryPoints;
}

async function findOrCreateCampaign(api: Api): Promise<string> {
  const { data } = await api.get<List<{ id: string; name: string }>>('campaigns?limit=100');
  const known = data.find(({ name }) => name === CAMPAIGN.name);
  return (known ?? (await api.post<{ id: string }>('campaigns', CAMPAIGN))).id;
}

async function findOrCreateEntryPoints(api: Api, campaignId: string): Promise<EntryPoint[]> {
  const known = (await api.get<List<EntryPoint>>(`entry-points?limit=100&campaignId=${campaignId}`)).data;
  if (known.length > 0) return known;
  const numbers = (await api.get<List<{ sid: string; phoneNumber: string }>>('telephony/phone-numbers')).data;
  const created: EntryPoint[] = [];
  for (const { phoneNumber, ...rest } of ENTRY_POINTS) {
    const number = numbers.find((each) => each.phoneNumber === phoneNumber);
    if (number === undefined) throw new Error(`The simulator has no number ${phoneNumber}.`);
    created.push(await api.post<EntryPoint>('entry-points', { ...rest, campaignId, phoneNumberSid: number.sid }));
  }
  return created;
}
