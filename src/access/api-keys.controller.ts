import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiConflict, ApiNotFound, ApiValidated } from '../common/api-problems.decorator.js';
import { PageQuery } from '../common/cursor-page.js';
import { IdPipe } from '../common/id.pipe.js';
import { Access } from './access.decorator.js';
import { ApiKeyPageDto, CreateApiKeyDto, CreatedApiKeyDto } from './api-key.dto.js';
import { ApiKeysService } from './api-keys.service.js';
import { AccountId, type Caller, CurrentCaller } from './caller.js';

@ApiTags('API keys')
@Controller('api-keys')
export class ApiKeysController {
  constructor(private readonly apiKeys: ApiKeysService) {}

  /** Lists the account's API keys, newest first, without their secrets. */
  @Get()
  @Access('api-keys:read')
  @ApiValidated()
  list(@AccountId() accountId: string, @Query() query: PageQuery): Promise<ApiKeyPageDto> {
    return this.apiKeys.list(accountId, query);
  }

  /** Creates an API key. Only this response contains its secret. */
  @Post()
  @Access('api-keys:write')
  @ApiValidated()
  create(@CurrentCaller() caller: Caller, @Body() body: CreateApiKeyDto): Promise<CreatedApiKeyDto> {
    return this.apiKeys.create(caller, body);
  }

  /** Revokes an API key immediately and permanently. */
  @Delete(':id')
  @HttpCode(204)
  @Access('api-keys:write')
  @ApiNotFound('API key')
  @ApiConflict('The request was made with the same key.')
  revoke(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<void> {
    return this.apiKeys.revoke(caller, id);
  }
}
