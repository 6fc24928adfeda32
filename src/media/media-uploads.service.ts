import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { createHash } from 'node:crypto';
import { Repository } from 'typeorm';
import { newId } from '../common/ids.js';
import { unprocessable } from '../common/problem.js';
import { Environment } from '../config/environment.js';
import { fromStore } from './from-store.js';
import { MediaStore } from './media-store.js';
import { detectType, isSendable } from './media-types.js';
import type { UploadedMediaDto } from './media.dto.js';
import { MediaUpload } from './media-upload.entity.js';
import { readUpload } from './upload-body.js';

/** Pictures and files on their way into a reply. */
@Injectable()
export class MediaUploadsService {
  constructor(
    @InjectRepository(MediaUpload) private readonly uploads: Repository<MediaUpload>,
    private readonly store: MediaStore,
    private readonly environment: Environment,
  ) {}

  /** Inserts the row first, so that bytes left by a crash can be found and deleted. */
  async upload(accountId: string, body: unknown): Promise<UploadedMediaDto> {
    const bytes = await readUpload(body, this.environment.MEDIA_MAX_BYTES);
    const detectedType = await detectType(bytes, '');
    if (!isSendable(detectedType)) throw notSendable();
    const id = newId();
    const storageKey = `${accountId}/${id}`;
    await this.uploads.insert({ id, accountId, storageKey });
    await fromStore(this.store.put(storageKey, bytes));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await this.uploads.update({ accountId, id }, { detectedType, size: bytes.length, sha256 });
    return { id, url: `/api/v1/media/${id}`, contentType: detectedType, size: bytes.length };
  }
}

const notSendable = (): Error =>
  unprocessable('media_not_sendable', 'Send a JPEG, PNG, GIF, WebP, PDF, MP4 or MP3; this file is none of these.');
