import { Body, Controller, Headers, Param, Post } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import { Access } from '../access/access.decorator.js';
import { AccountId } from '../access/caller.js';
import { ApiConflict, ApiNotFound, ApiValidated } from '../common/api-problems.decorator.js';
import { IdPipe } from '../common/id.pipe.js';
import { MessageDto } from '../contacts/message.dto.js';
import { RepliesService } from './replies.service.js';
import { ReplyDto } from './reply.dto.js';

@ApiTags('Contacts')
@Controller('contacts/:id/messages')
export class RepliesController {
  constructor(private readonly replies: RepliesService) {}

  /**
   * Replies to the customer from the number they texted. The message is stored when this returns and is sent afterwards;
   * `message.status` events report its progress.
   */
  @Post()
  @Access('contacts:write')
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'Any text of 1 to 255 characters, unique for each message: the same key never sends twice.',
  })
  @ApiNotFound('contact')
  @ApiConflict(
    'The contact is closed, the customer has opted out or cannot be texted, the number cannot send pictures, Twilio could not fetch them, or no Twilio account is connected.',
  )
  @ApiValidated()
  reply(
    @AccountId() accountId: string,
    @Param('id', IdPipe) id: string,
    @Body() body: ReplyDto,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
  ): Promise<MessageDto> {
    return this.replies.reply(accountId, id, body, idempotencyKey);
  }
}
