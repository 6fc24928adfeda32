import { Injectable } from '@nestjs/common';
import { CampaignsService } from '../campaigns/campaigns.service.js';
import { Environment } from '../config/environment.js';
import type { EntryPointDto } from './entry-point.dto.js';
import type { EntryPoint } from './entry-point.entity.js';
import { webhookPath } from './webhook-url.js';

/** Shows entry points with what their campaign and PUBLIC_URL add. */
@Injectable()
export class EntryPointPresenter {
  constructor(
    private readonly environment: Environment,
    private readonly campaigns: CampaignsService,
  ) {}

  webhookUrlOf({ webhookKey }: EntryPoint): string {
    return this.environment.publicUrl + webhookPath(webhookKey);
  }

  async present(entryPoint: EntryPoint): Promise<EntryPointDto> {
    return (await this.withChannelsOf(entryPoint.accountId, [entryPoint]))(entryPoint);
  }

  /** A function that shows any of these entry points. */
  async withChannelsOf(
    accountId: string,
    entryPoints: EntryPoint[],
  ): Promise<(entryPoint: EntryPoint) => EntryPointDto> {
    const campaignIds = entryPoints.map(({ campaignId }) => campaignId);
    const enabledCampaigns = await this.campaigns.findSmsInboundEnabled(accountId, campaignIds);
    return (entryPoint) => ({
      id: entryPoint.id,
      campaignId: entryPoint.campaignId,
      name: entryPoint.name,
      language: entryPoint.language,
      state: entryPoint.state,
      enabled: entryPoint.state === 'active' && enabledCampaigns.has(entryPoint.campaignId),
      phoneNumberSid: entryPoint.phoneNumberSid,
      phoneNumber: entryPoint.phoneNumber,
      webhookUrl: this.webhookUrlOf(entryPoint),
      webhook: { state: entryPoint.webhookState, checkedAt: entryPoint.webhookCheckedAt },
      createdAt: entryPoint.createdAt,
      updatedAt: entryPoint.updatedAt,
    });
  }
}
