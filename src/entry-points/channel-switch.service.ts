import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { disableSmsInbound, enableSmsInbound } from '../access/accounts.queries.js';
import { AuditLogService } from '../access/audit-log.service.js';
import type { Caller } from '../access/caller.js';
import type { SmsInboundDto, UpdateSmsInboundDto } from './channel-switch.dto.js';
import { isSmsInboundEnabled, readChannel } from './channel-switch.queries.js';

/** The switch over all entry points of an account. It touches neither theirs nor their campaigns'. */
@Injectable()
export class ChannelSwitchService {
  private readonly logger = new Logger(ChannelSwitchService.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly auditLog: AuditLogService,
  ) {}

  async get(accountId: string): Promise<SmsInboundDto> {
    const row = await readChannel(this.dataSource.manager, accountId);
    const { disabledAt, disabledById, disabledByName, entryPoints } = row;
    return {
      enabled: disabledAt === null,
      disabledAt,
      disabledBy: disabledById === null ? null : { id: disabledById, name: disabledByName ?? disabledById },
      entryPoints,
    };
  }

  isEnabled(accountId: string): Promise<boolean> {
    return isSmsInboundEnabled(this.dataSource.manager, accountId);
  }

  /** Doing it twice changes nothing. */
  async update(caller: Caller, { enabled }: UpdateSmsInboundDto): Promise<SmsInboundDto> {
    const { accountId, userId, apiKeyId } = caller;
    const by = (userId ?? apiKeyId)!;
    const isChanged = await this.dataSource.transaction(async (manager) => {
      const isOther = await (enabled
        ? enableSmsInbound(manager, accountId)
        : disableSmsInbound(manager, accountId, by));
      if (!isOther) return false;
      await this.auditLog.record(manager, caller, {
        action: 'sms_inbound.updated',
        subject: { id: accountId, name: 'SMS Inbound' },
        before: { enabled: !enabled },
        after: { enabled },
      });
      return true;
    });
    if (isChanged) this.logger.log({ accountId, by, enabled }, 'All entry points were switched');
    return this.get(accountId);
  }
}
