import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.js';
import { AccountId, type Caller, CurrentCaller } from '../access/caller.js';
import { ApiConflict, ApiNotFound, ApiValidated } from '../common/api-problems.decorator.js';
import { PageQuery } from '../common/cursor-page.js';
import { IdPipe } from '../common/id.pipe.js';
import { ApiIfMatch, TaggedWithVersion } from '../common/version-tag.js';
import { CannedRepliesService } from './canned-replies.service.js';
import { CannedReplyDto, CannedReplyPageDto, CreateCannedReplyDto, UpdateCannedReplyDto } from './canned-reply.dto.js';

/** What customers are told is a matter of the campaigns: the same people read it, and the same change it. */
@ApiTags('Canned replies')
@Controller('canned-replies')
export class CannedRepliesController {
  constructor(private readonly cannedReplies: CannedRepliesService) {}

  /** The texts that agents have ready, by shortcut. */
  @Get()
  @Access('campaigns:read')
  @ApiValidated()
  list(@AccountId() accountId: string, @Query() query: PageQuery): Promise<CannedReplyPageDto> {
    return this.cannedReplies.list(accountId, query);
  }

  /** Makes a canned reply. */
  @Post()
  @TaggedWithVersion()
  @Access('campaigns:write')
  @ApiValidated()
  @ApiConflict('The shortcut is taken.')
  create(@CurrentCaller() caller: Caller, @Body() body: CreateCannedReplyDto): Promise<CannedReplyDto> {
    return this.cannedReplies.create(caller, body);
  }

  /** Changes a canned reply; what was sent with it stays as it is. */
  @Patch(':id')
  @TaggedWithVersion()
  @ApiIfMatch()
  @Access('campaigns:write')
  @ApiNotFound('canned reply')
  @ApiValidated()
  @ApiConflict('The shortcut is taken.')
  update(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: UpdateCannedReplyDto,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<CannedReplyDto> {
    return this.cannedReplies.update(caller, id, body, ifMatch);
  }

  /** Deletes a canned reply. */
  @Delete(':id')
  @ApiIfMatch()
  @HttpCode(204)
  @Access('campaigns:write')
  @ApiNotFound('canned reply')
  delete(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<void> {
    return this.cannedReplies.delete(caller, id, ifMatch);
  }
}
