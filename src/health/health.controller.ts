import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import { HealthCheck, type HealthCheckResult, HealthCheckService, TypeOrmHealthIndicator } from '@nestjs/terminus';
import { Public } from '../access/access.decorator.js';
import { ProcessHealthIndicator } from './process.health.js';
import { QueueHealthIndicator } from './queue.health.js';

@ApiTags('Health')
@Controller('health')
@Public()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly database: TypeOrmHealthIndicator,
    private readonly queue: QueueHealthIndicator,
    private readonly process: ProcessHealthIndicator,
  ) {}

  /** Whether the process lives; restart it when this does not answer. */
  @Get('live')
  @ApiOkResponse({ description: 'It lives.', schema: { example: { status: 'ok' } } })
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** Whether the process can work: database and queue answer, it does not end, its clock is right. Send it no traffic while it says 503. */
  @Get('ready')
  @HealthCheck({ noCache: true, swaggerDocumentation: false })
  @ApiOkResponse({ description: 'It can work.', schema: { example: { status: 'ok' } } })
  @ApiServiceUnavailableResponse({
    description:
      'The database or the queue does not answer, or the process ends or has a wrong clock; `error` says which.',
  })
  ready(): Promise<HealthCheckResult> {
    return this.health.check([
      () => this.database.pingCheck('database', { timeout: 2_000 }),
      () => this.queue.check('queue'),
      () => this.process.check('process'),
    ]);
  }
}
