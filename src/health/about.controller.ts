import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Access } from '../access/access.decorator.js';
import { AccountId } from '../access/caller.js';
import { Environment } from '../config/environment.js';
import { DatabaseLocation } from '../database/database-location.js';
import { findReasonUnreachable, UNREACHABLE } from '../entry-points/webhook-url.js';
import { QueueBackend } from '../queue/queue-backend.js';
import { TelephonyService } from '../twilio-integration/telephony.service.js';
import { AboutDto } from './about.dto.js';

const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
  version: string;
};

@ApiTags('Health')
@Controller('about')
export class AboutController {
  constructor(
    private readonly environment: Environment,
    private readonly database: DatabaseLocation,
    private readonly backend: QueueBackend,
    private readonly telephony: TelephonyService,
  ) {}

  /** Which version runs here, whether Twilio is real and can be used, and on what it runs. */
  @Get()
  @Access('contacts:read')
  async get(@AccountId() accountId: string): Promise<AboutDto> {
    const { TWILIO_API_BASE_URL, ROLES, MEDIA_MAX_BYTES, publicUrl } = this.environment;
    const reason = findReasonUnreachable(publicUrl, TWILIO_API_BASE_URL);
    const { state } = await this.telephony.get(accountId);
    return {
      version,
      mode: TWILIO_API_BASE_URL === undefined ? 'live' : 'simulator',
      simulatorUrl: TWILIO_API_BASE_URL ?? null,
      publicUrl,
      publicUrlProblem: reason && `${publicUrl} ${UNREACHABLE[reason]}`,
      publicUrlReason: reason,
      telephonyState: state,
      mediaMaxBytes: MEDIA_MAX_BYTES,
      queues: this.backend.kind,
      embeddedDatabase: this.database.isEmbedded,
      roles: ROLES,
    };
  }
}
