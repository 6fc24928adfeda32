import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Access } from '../access/access.decorator.js';
import { AccountId } from '../access/caller.js';
import { ApiValidated } from '../common/api-problems.decorator.js';
import { EntryPointTrafficPageDto, TrafficQuery } from './entry-point-traffic.dto.js';
import { readTraffic } from './entry-point-traffic.queries.js';

const DAY_MS = 24 * 3_600_000;

@ApiTags('Entry points')
@Controller('entry-points/traffic')
export class EntryPointTrafficController {
  constructor(private readonly dataSource: DataSource) {}

  /** How many SMS came for each entry point since a time, and how many of its contacts are open now. */
  @Get()
  @Access('entry-points:read')
  @ApiValidated()
  async list(
    @AccountId() accountId: string,
    @Query() { since = new Date(Date.now() - DAY_MS) }: TrafficQuery,
  ): Promise<EntryPointTrafficPageDto> {
    return { data: await readTraffic(this.dataSource.manager, accountId, since), nextCursor: null };
  }
}
