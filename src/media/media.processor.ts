import { Processor, WorkerHost } from '@nestjs/bullmq';
import type { Job } from 'bullmq';
import type { RowJob } from '../queue/row-queue.js';
import { MediaFetchService } from './media-fetch.service.js';
import { MEDIA_QUEUE } from './media.queue.js';

@Processor(MEDIA_QUEUE)
export class MediaProcessor extends WorkerHost {
  constructor(private readonly media: MediaFetchService) {
    super();
  }

  async process({ data }: Job<RowJob>): Promise<void> {
    for (const id of data.ids) await this.media.fetch(id);
  }
}
