import { Controller, Get, Param, Res, StreamableFile } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../access/access.decorator.js';
import { IdPipe } from '../common/id.pipe.js';
import { safeHeaders } from './media-types.js';
import { MediaService } from './media.service.js';

/** Serves what agents send to Twilio, which has no API key: the path itself is the secret. */
@ApiExcludeController()
@Controller('media/:id/:key')
@Public()
export class SharedMediaController {
  constructor(private readonly media: MediaService) {}

  @Get()
  async get(
    @Param('id', IdPipe) id: string,
    @Param('key') key: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const media = await this.media.getShared(id, key);
    const bytes = await this.media.open(media);
    void reply.headers({
      ...safeHeaders(id, media.detectedType),
      'Content-Length': media.size,
      'Cache-Control': 'no-store',
    });
    return new StreamableFile(bytes);
  }
}
