import type { EntryPointDto } from '../../src/entry-points/entry-point.dto.js';
import { signIn, type Visit } from './browser.ts';
import { type EmptyConsole, startEmptyConsole } from './console.ts';
import { untilLive } from './desk.ts';
import { buildCampaign, buildEntryPoint, connectTelephony } from './factories.ts';
import { buildSettledUser, type KnownUser } from './users.ts';

export interface SupportDesk extends EmptyConsole {
  admin: KnownUser;
  /** "Support EN" in the campaign "Support". */
  entryPoint: EntryPointDto;
  /** Opens the desk in its own browser context, with the admin signed in. */
  openDesk: () => Promise<Visit>;
}

/** Starts a service with everything that the first SMS needs, and nothing else. */
export async function startSupportDesk(): Promise<SupportDesk> {
  const running = await startEmptyConsole();
  await connectTelephony(running.service);
  const campaign = await buildCampaign(running.service, { name: 'Support' });
  const entryPoint = await buildEntryPoint(running.service, { campaignId: campaign.id, name: 'Support EN' });
  const admin = await buildSettledUser(running.service, { role: 'admin' });
  return {
    ...running,
    admin,
    entryPoint,
    openDesk: async () => {
      const visit = await running.open('/desk');
      await signIn(visit.page, admin);
      await untilLive(visit.page);
      return visit;
    },
  };
}
