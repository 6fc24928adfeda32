import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.js';
import { AccountId } from '../access/caller.js';
import { HealthReportDto } from './health-report.dto.js';
import { HealthReportService } from './health-report.service.js';

@ApiTags('Health')
@Controller('health-report')
export class HealthReportController {
  constructor(private readonly reports: HealthReportService) {}

  /** How the service is, for people: what does not work or should be looked at, and the way out. */
  @Get()
  @Access('inbound-sms:read')
  get(@AccountId() accountId: string): Promise<HealthReportDto> {
    return this.reports.get(accountId);
  }
}
