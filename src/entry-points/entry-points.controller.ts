import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.js';
import { AccountId, type Caller, CurrentCaller } from '../access/caller.js';
import { ApiConflict, ApiNotFound, ApiProblem, ApiValidated } from '../common/api-problems.decorator.js';
import { IdPipe } from '../common/id.pipe.js';
import { ApiIfMatch, TaggedWithVersion } from '../common/version-tag.js';
import {
  CreateEntryPointDto,
  EntryPointDto,
  EntryPointPageDto,
  EntryPointQuery,
  UpdateEntryPointDto,
} from './entry-point.dto.js';
import { EntryPointsService } from './entry-points.service.js';

@ApiTags('Entry points')
@Controller('entry-points')
export class EntryPointsController {
  constructor(private readonly entryPoints: EntryPointsService) {}

  /** Entry points, newest first. */
  @Get()
  @Access('entry-points:read')
  @ApiValidated()
  list(@AccountId() accountId: string, @Query() query: EntryPointQuery): Promise<EntryPointPageDto> {
    return this.entryPoints.list(accountId, query);
  }

  /** Makes an entry point for a number of the connected Twilio account. */
  @Post()
  @TaggedWithVersion()
  @Access('entry-points:write')
  @ApiValidated()
  @ApiConflict('The number or the name is taken (the answer names by whom), or no Twilio account is connected.')
  @ApiProblem(502, 'Twilio cannot be reached.')
  create(@CurrentCaller() caller: Caller, @Body() body: CreateEntryPointDto): Promise<EntryPointDto> {
    return this.entryPoints.create(caller, body);
  }

  /** One entry point. */
  @Get(':id')
  @TaggedWithVersion()
  @Access('entry-points:read')
  @ApiNotFound('entry point')
  get(@AccountId() accountId: string, @Param('id', IdPipe) id: string): Promise<EntryPointDto> {
    return this.entryPoints.get(accountId, id);
  }

  /**
   * Changes an entry point; `{ "state": "disabled" }` disables it. With another number, the old one gets back what stood
   * at Twilio before its webhook was set; set the webhook of the new one then.
   */
  @Patch(':id')
  @TaggedWithVersion()
  @ApiIfMatch()
  @Access('entry-points:write')
  @ApiNotFound('entry point')
  @ApiValidated()
  @ApiConflict('The number or the name is taken (the answer names by whom), or no Twilio account is connected.')
  @ApiProblem(502, 'Twilio cannot be reached.')
  update(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: UpdateEntryPointDto,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<EntryPointDto> {
    return this.entryPoints.update(caller, id, body, ifMatch);
  }

  /** Deletes an entry point; its contacts stay. What is set at Twilio stays too: restore it before, if you want. */
  @Delete(':id')
  @ApiIfMatch()
  @HttpCode(204)
  @Access('entry-points:write')
  @ApiNotFound('entry point')
  delete(
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<void> {
    return this.entryPoints.delete(caller, id, ifMatch);
  }
}
