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

  /** The bytes. JPEG, PNG, GIF and WebP may be shown in place, everything else is a download. */
  @Get(':id')
  @Access('contacts:read')
  @ApiHeader({ name: 'If-None-Match', required: false, description: 'The `ETag` of what you have.' })
  @ApiResponse({ status: 200, description: 'The bytes.', content: BYTES })
  @ApiResponse({ status: 304, description: 'You have it.' })
  @ApiNotFound('media')
  @ApiConflict('There are no bytes: it is still being fetched, or `reason` says why it cannot be had.')
  @ApiProblem(503, 'The media store does not answer.')
  async get(
    @AccountId() accountId: string,
    @Param('id', IdPipe) id: string,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    const media = await this.media.getStored(accountId, id);
    // Asked for again each time: a browser must not show what was removed, nor to whom may no longer see it.
    void reply.headers({ ETag: entityTag(media.sha256), 'Cache-Control': 'private, no-cache' });
    if (isKnown(known, media.sha256)) return void reply.status(304);
    const bytes = await this.media.open(media);
    void reply.headers({ ...safeHeaders(id, media.detectedType), 'Content-Length': media.size });
    return new StreamableFile(bytes);
  }

  /** Fetches it from Twilio once more; its message says when it is there, and the event `message.media`. */
  @Post(':id/fetch')
  @HttpCode(202)
  @Access('contacts:write')
  @Expensive()
  @ApiNotFound('media')
  @ApiConflict('It is here already, was removed, or is not of Twilio.')
  fetchAgain(@AccountId() accountId: string, @Param('id', IdPipe) id: string): Promise<MessageMediaDto> {
    return this.media.fetchAgain(accountId, id);
  }

  /** Removes the bytes for good; its place in the message stays, as `removed`. Twilio keeps its own copy. */
  @Delete(':id')
  @HttpCode(204)
  @Access('contacts:write')
  @ApiNotFound('media')
  @ApiConflict('It is not here: an agent sent it from an address of their own.')
  @ApiProblem(503, 'The media store does not answer, and nothing was removed.')
  remove(@AccountId() accountId: string, @Param('id', IdPipe) id: string): Promise<void> {
    return this.media.remove(accountId, id);
  }
}
