import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { join } from 'node:path';
import { Environment } from '../config/environment.js';
import { ContactEventsModule } from '../contact-events/contact-events.module.js';
import { registerQueues } from '../queue/register-queues.js';
import { TwilioIntegrationModule } from '../twilio-integration/twilio-integration.module.js';
import { LocalMediaStore } from './local-media-store.js';
import { MediaChangesService } from './media-changes.service.js';
import { MediaFetchService } from './media-fetch.service.js';
import { MediaStore } from './media-store.js';
import { MediaController } from './media.controller.js';
import { MediaProcessor } from './media.processor.js';
import { MEDIA_QUEUE, MediaQueue } from './media.queue.js';
import { MediaService } from './media.service.js';
import { MediaUpload } from './media-upload.entity.js';
import { MediaUploadsController } from './media-uploads.controller.js';
import { MediaUploadsService } from './media-uploads.service.js';
import { MediaUploadsSweep } from './media-uploads.sweep.js';
import { MediaSweep } from './media.sweep.js';
import { MessageMedia } from './message-media.entity.js';
import { S3MediaStore } from './s3-media-store.js';
import { SharedMediaController } from './shared-media.controller.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([MessageMedia, MediaUpload]),
    registerQueues(MEDIA_QUEUE),
    TwilioIntegrationModule,
    ContactEventsModule,
  ],
  controllers: [MediaController, MediaUploadsController, SharedMediaController],
  providers: [
    { provide: MediaStore, useFactory: openStore, inject: [Environment] },
    MediaQueue,
    MediaChangesService,
    MediaSweep,
    MediaService,
    MediaFetchService,
    MediaUploadsService,
    MediaUploadsSweep,
    // WorkersModule starts its worker, like all others.
    MediaProcessor,
  ],
  exports: [MediaQueue, MediaChangesService],
})
export class MediaModule {}

function openStore(environment: Environment): MediaStore {
  const { MEDIA_S3_BUCKET: bucket, MEDIA_S3_REGION: region, MEDIA_S3_ENDPOINT: endpoint } = environment;
  if (bucket === undefined) return new LocalMediaStore(join(environment.DATA_DIR, 'media'));
  const { MEDIA_S3_ACCESS_KEY_ID: accessKeyId, MEDIA_S3_SECRET_ACCESS_KEY: secretAccessKey } = environment;
  const credentials =
    accessKeyId === undefined || secretAccessKey === undefined ? undefined : { accessKeyId, secretAccessKey };
  return new S3MediaStore({ bucket, region, endpoint, credentials });
}
