import { Controller, Delete, Get, Headers, HttpCode, Param, Post, Res, StreamableFile } from '@nestjs/common';
import { ApiHeader, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access, Expensive } from '../access/access.decorator.js';
import { AccountId } from '../access/caller.js';
import { ApiConflict, ApiNotFound, ApiProblem } from '../common/api-problems.decorator.js';
import { IdPipe } from '../common/id.pipe.js';
import { entityTag, isKnown } from './entity-tag.js';
import { safeHeaders } from './media-types.js';
import { MessageMediaDto } from './media.dto.js';
import { MediaService } from './media.service.js';

const BYTES = { '*/*': { schema: { type: 'string', format: 'binary' } } } as const;

@ApiTags('Media')
@Controller('media')
export class MediaController {
  constructor(private readonly media: MediaService) {}

  /** Returns the bytes. JPEG, PNG, GIF and WebP may be shown inline; everything else is a download. */
  @Get(':id')
  @Access('contacts:read')
  @ApiHeader({ name: 'If-None-Match', required: false, description: 'The `ETag` of your copy.' })
  @ApiResponse({ status: 200, description: 'The bytes.', content: BYTES })
  @ApiResponse({ status: 304, description: 'You have it.' })
  @ApiNotFound('media')
  @ApiConflict('The bytes are not available: they are still being fetched, or `reason` says why they cannot be.')
  @ApiProblem(503, 'The media store does not answer.')
  async get(
    @AccountId() accountId: string,
    @Param('id', IdPipe) id: string,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    const media = await this.media.getStored(accountId, id);
    // The browser must revalidate each time, so that it never shows removed media or media to a signed-out user.
    void reply.headers({ ETag: entityTag(media.sha256), 'Cache-Control': 'private, no-cache' });
    if (isKnown(known, media.sha256)) return void reply.status(304);
    const bytes = await this.media.open(media);
    void reply.headers({ ...safeHeaders(id, media.detectedType), 'Content-Length': media.size });
    return new StreamableFile(bytes);
  }

  /** Fetches it from Twilio again; its state in the message and the event `message.media` tell when it has arrived. */
  @Post(':id/fetch')
  @HttpCode(202)
  @Access('contacts:write')
  @Expensive()
  @ApiNotFound('media')
  @ApiConflict('It is stored already, was removed, or does not come from Twilio.')
  fetchAgain(@AccountId() accountId: string, @Param('id', IdPipe) id: string): Promise<MessageMediaDto> {
    return this.media.fetchAgain(accountId, id);
  }

  /** Deletes the bytes for good; the message still lists the medium, as `removed`. Twilio keeps its own copy. */
  @Delete(':id')
  @HttpCode(204)
  @Access('contacts:write')
  @ApiNotFound('media')
  @ApiConflict('It is not stored here: an agent sent it by URL.')
  @ApiProblem(503, 'The media store does not answer, and nothing was removed.')
  remove(@AccountId() accountId: string, @Param('id', IdPipe) id: string): Promise<void> {
    return this.media.remove(accountId, id);
  }
}
