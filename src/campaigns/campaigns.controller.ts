import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.js';
import { AccountId, type Caller, CurrentCaller } from '../access/caller.js';
import { ApiConflict, ApiNotFound, ApiValidated } from '../common/api-problems.decorator.js';
import { PageQuery } from '../common/cursor-page.js';
import { IdPipe } from '../common/id.pipe.js';
import { ApiIfMatch, TaggedWithVersion } from '../common/version-tag.js';
import { CampaignDto, CampaignPageDto, CreateCampaignDto, UpdateCampaignDto } from './campaign.dto.js';
import { CampaignsService } from './campaigns.service.js';

@ApiTags('Campaigns')
@Controller('campaigns')
export class CampaignsController {
  constructor(private readonly campaigns: CampaignsService) {}

  /** Lists the account's campaigns, newest first. */
  @Get()
  @Access('campaigns:read')
  @ApiValidated()
  list(@AccountId() accountId: string, @Query() query: PageQuery): Promise<CampaignPageDto> {
    return this.campaigns.list(accountId, query);
  }

  /** Creates a campaign. */
  @Post()
  @TaggedWithVersion()
  @Access('campaigns:write')
  @ApiValidated()
  @ApiConflict('The name is taken.')
  create(@CurrentCaller() caller: Caller, @Body() body: CreateCampaignDto): Promise<CampaignDto> {
    return this.campaigns.create(caller, body);
  }

  /** Returns a campaign. */
  @Get(':id')
  @TaggedWithVersion()
  @Access('campaigns:read')
  @ApiNotFound('campaign')
  get(@AccountId() accountId: string, @Param('id', IdPipe) id: string): Promise<CampaignDto> {
    return this.campaigns.get(accountId, id);
  }

  /** Changes a campaign. `{ "smsInboundEnabled": false }` disables all its entry points at once. */
  @Patch(':id')
  @TaggedWithVersion()
  @ApiIfMatch()
  @Access('campaigns:write')
  @ApiNotFound('campaign')
  @ApiValidated()
  @ApiConflict('The name is taken, or an entry point uses a language that would be removed.')
  update(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: UpdateCampaignDto,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<CampaignDto> {
    return this.campaigns.update(caller, id, body, ifMatch);
  }

  /** Deletes a campaign that has never had an entry point. */
  @Delete(':id')
  @ApiIfMatch()
  @HttpCode(204)
  @Access('campaigns:write')
  @ApiNotFound('campaign')
  @ApiConflict('The campaign has, or has had, entry points.')
  delete(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<void> {
    return this.campaigns.delete(caller, id, ifMatch);
  }
}
