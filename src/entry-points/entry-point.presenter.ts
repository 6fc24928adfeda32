import { Injectable } from '@nestjs/common';
import type { Campaign } from '../campaigns/campaign.entity.js';
import { CampaignsService } from '../campaigns/campaigns.service.js';
import { sampleValues } from '../campaigns/notice-values.js';
import { countNoticeSegments } from '../common/notice-segments.js';
import type { SegmentsDto } from '../common/segments.dto.js';
import { Environment } from '../config/environment.js';
import type { EntryPointDto } from './entry-point.dto.js';
import type { EntryPoint } from './entry-point.entity.js';
import { ChannelSwitchService } from './channel-switch.service.js';
import { webhookPath } from './webhook-url.js';

/** Shows entry points with what their campaign, the account and PUBLIC_URL add. */
@Injectable()
export class EntryPointPresenter {
  constructor(
    private readonly environment: Environment,
    private readonly campaigns: CampaignsService,
    private readonly smsInbound: ChannelSwitchService,
  ) {}

  webhookUrlOf({ webhookKey }: EntryPoint): string {
    return this.environment.publicUrl + webhookPath(webhookKey);
  }

  async present(entryPoint: EntryPoint): Promise<EntryPointDto> {
    return (await this.withCampaignsOf(entryPoint.accountId, [entryPoint]))(entryPoint);
  }

  /** A function that shows any of these entry points. */
  async withCampaignsOf(
    accountId: string,
    entryPoints: EntryPoint[],
  ): Promise<(entryPoint: EntryPoint) => EntryPointDto> {
    const campaignIds = entryPoints.map(({ campaignId }) => campaignId);
    const campaigns = await this.campaigns.findByIds(accountId, campaignIds);
    const areAllowed = await this.smsInbound.isEnabled(accountId);
    const campaignOf = ({ campaignId }: EntryPoint): Campaign => campaigns.get(campaignId)!;
    return (entryPoint) => ({
      id: entryPoint.id,
      campaignId: entryPoint.campaignId,
      name: entryPoint.name,
      language: entryPoint.language,
      state: entryPoint.state,
      enabled: areAllowed && entryPoint.state === 'active' && campaignOf(entryPoint).smsInboundEnabled,
      phoneNumberSid: entryPoint.phoneNumberSid,
      phoneNumber: entryPoint.phoneNumber,
      mms: entryPoint.mms,
      webhookUrl: this.webhookUrlOf(entryPoint),
      webhook: { state: entryPoint.webhookState, checkedAt: entryPoint.webhookCheckedAt },
      greeting: entryPoint.greeting,
      greetingSegments: countGreeting(entryPoint, campaignOf(entryPoint).name),
      autoCloseHours: entryPoint.autoCloseHours,
      reopenMinutes: entryPoint.reopenMinutes,
      version: entryPoint.version,
      createdAt: entryPoint.createdAt,
      updatedAt: entryPoint.updatedAt,
    });
  }
}

function countGreeting({ greeting, name, phoneNumber, language }: EntryPoint, campaign: string): SegmentsDto | null {
  if (greeting === null) return null;
  return countNoticeSegments(greeting, sampleValues({ entryPoint: name, campaign, number: phoneNumber, language }));
}
