import { Controller, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import { Access, Expensive } from '../access/access.decorator.js';
import { AccountId, type CallerRequest } from '../access/caller.js';
import { ApiProblem } from '../common/api-problems.decorator.js';
import { SENDABLE_TYPES } from './media-types.js';
import { UploadedMediaDto } from './media.dto.js';
import { MediaUploadsService } from './media-uploads.service.js';

@ApiTags('Media')
@Controller('media')
export class MediaUploadsController {
  constructor(private readonly uploads: MediaUploadsService) {}

  /**
   * Uploads a picture or file for a reply. The body is the bytes, with their Content-Type. Pass its `id` in `mediaIds` of the
   * reply. An upload that is never sent is deleted after a day.
   */
  @Post()
  @Access('contacts:write')
  @Expensive()
  @ApiConsumes(...SENDABLE_TYPES)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiProblem(413, 'The upload is larger than MEDIA_MAX_BYTES.')
  @ApiProblem(415, 'The body is not the bytes of a picture or file.')
  @ApiProblem(422, 'The bytes are not a JPEG, PNG, GIF, WebP, PDF, MP4 or MP3, whatever the Content-Type says.')
  @ApiProblem(503, 'The media store does not answer.')
  upload(@AccountId() accountId: string, @Req() { body }: CallerRequest): Promise<UploadedMediaDto> {
    return this.uploads.upload(accountId, body);
  }
}
