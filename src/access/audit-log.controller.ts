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

  /**
   * Lists who changed what, newest first: settings, users, API keys and sign-ins. It does not contain the conversations of
   * agents with customers.
   */
  @Get()
  @Access('audit-log:read')
  @ApiValidated()
  list(@AccountId() accountId: string, @Query() query: AuditLogQuery): Promise<AuditEntryPageDto> {
    return this.auditLog.list(accountId, query);
  }
}
