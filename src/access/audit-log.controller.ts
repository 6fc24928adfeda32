import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiValidated } from '../common/api-problems.decorator.js';
import { Access } from './access.decorator.js';
import { AuditEntryPageDto, AuditLogQuery } from './audit-entry.dto.js';
import { AuditLogService } from './audit-log.service.js';
import { AccountId } from './caller.js';

@ApiTags('Audit log')
@Controller('audit-log')
export class AuditLogController {
  constructor(private readonly auditLog: AuditLogService) {}

  /** Who changed what, newest first: settings, users, keys, sign-ins. What agents say to customers is not in it. */
  @Get()
  @Access('audit-log:read')
  @ApiValidated()
  list(@AccountId() accountId: string, @Query() query: AuditLogQuery): Promise<AuditEntryPageDto> {
    return this.auditLog.list(accountId, query);
  }
}
