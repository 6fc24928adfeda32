import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Caller } from '../access/caller.js';
import type { SmsInboundDto, UpdateSmsInboundDto } from './sms-inbound.dto.js';
import { disableSmsInbound, enableSmsInbound, readSmsInbound } from './sms-inbound.queries.js';

/** The switch over all entry points of an account. It touches neither theirs nor their campaigns'. */
@Injectable()
export class SmsInboundService {
  private readonly logger = new Logger(SmsInboundService.name);

  constructor(private readonly dataSource: DataSource) {}

  async get(accountId: string): Promise<SmsInboundDto> {
    const row = await readSmsInbound(this.dataSource.manager, accountId);
    const { disabledAt, disabledById, disabledByName, entryPoints } = row;
    return {
      enabled: disabledAt === null,
      disabledAt,
      disabledBy: disabledById === null ? null : { id: disabledById, name: disabledByName ?? disabledById },
      entryPoints,
    };
  }

  /** Doing it twice changes nothing. */
  async update({ accountId, userId, apiKeyId }: Caller, { enabled }: UpdateSmsInboundDto): Promise<SmsInboundDto> {
    const { manager } = this.dataSource;
    const by = (userId ?? apiKeyId)!;
    const isChanged = await (enabled
      ? enableSmsInbound(manager, accountId)
      : disableSmsInbound(manager, accountId, by));
    if (isChanged) this.logger.log({ accountId, by, enabled }, 'All entry points were switched');
    return this.get(accountId);
  }
}
