import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.js';
import { AccountId, type Caller, CurrentCaller } from '../access/caller.js';
import { ApiConflict, ApiNotFound, ApiProblem } from '../common/api-problems.decorator.js';
import { IdPipe } from '../common/id.pipe.js';
import { EntryPointWebhookDto, WebhookChangeDto } from './entry-point-webhook.dto.js';
import { EntryPointWebhooksService } from './entry-point-webhooks.service.js';

@ApiTags('Entry points')
@Controller('entry-points/:id/webhook')
export class EntryPointWebhooksController {
  constructor(private readonly webhooks: EntryPointWebhooksService) {}

  /** Asks Twilio what is set for the number now, and says what keeps SMS away. */
  @Get()
  @Access('entry-points:read')
  @ApiNotFound('entry point')
  @ApiConflict('No Twilio account is connected.')
  @ApiProblem(502, 'Twilio cannot be reached.')
  check(@AccountId() accountId: string, @Param('id', IdPipe) id: string): Promise<EntryPointWebhookDto> {
    return this.webhooks.check(accountId, id);
  }

  /** Sets the webhook at Twilio, over what stands there; that is kept for a restore. */
  @Post()
  @HttpCode(200)
  @Access('entry-points:write')
  @ApiNotFound('entry point')
  @ApiConflict('No Twilio account is connected, or the number is not in it.')
  @ApiProblem(422, 'Twilio cannot reach PUBLIC_URL, or refused the change.')
  @ApiProblem(502, 'Twilio cannot be reached.')
  set(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<WebhookChangeDto> {
    return this.webhooks.set(caller, id);
  }

  /** Puts back what stood at Twilio before the webhook was set. */
  @Post('restore')
  @HttpCode(200)
  @Access('entry-points:write')
  @ApiNotFound('entry point')
  @ApiConflict('Nothing is kept to restore, somebody has set something else since, or no Twilio account is connected.')
  @ApiProblem(502, 'Twilio cannot be reached.')
  restore(@CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string): Promise<WebhookChangeDto> {
    return this.webhooks.restore(caller, id);
  }
}
