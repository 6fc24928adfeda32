import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Access } from '../access/access.decorator.js';
import { Environment } from '../config/environment.js';
import { findReasonUnreachable, UNREACHABLE } from '../entry-points/webhook-url.js';
import { QueueBackend } from '../queue/queue-backend.js';
import { AboutDto } from './about.dto.js';

const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
  version: string;
};

@ApiTags('Health')
@Controller('about')
export class AboutController {
  constructor(
    private readonly environment: Environment,
    private readonly backend: QueueBackend,
  ) {}

  /** Which version runs here, whether Twilio is real, and on what it runs. */
  @Get()
  @Access('contacts:read')
  get(): AboutDto {
    const { TWILIO_API_BASE_URL, ROLES, publicUrl, hasEmbeddedDatabase } = this.environment;
    const reason = findReasonUnreachable(publicUrl, TWILIO_API_BASE_URL);
    return {
      version,
      mode: TWILIO_API_BASE_URL === undefined ? 'live' : 'simulator',
      simulatorUrl: TWILIO_API_BASE_URL ?? null,
      publicUrl,
      publicUrlProblem: reason && `${publicUrl} ${UNREACHABLE[reason]}`,
      publicUrlReason: reason,
      queues: this.backend.kind,
      embeddedDatabase: hasEmbeddedDatabase,
      roles: ROLES,
    };
  }
}
