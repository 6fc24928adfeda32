import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SweeperService } from '../queue/sweeper.service.js';
import { MediaStore } from './media-store.js';
import { MediaUpload } from './media-upload.entity.js';
import { lockForgotten } from './media-uploads.queries.js';

const BATCH = 100;

/** Deletes uploads that were never sent. */
@Injectable()
export class MediaUploadsSweep implements OnModuleInit {
  private readonly logger = new Logger(MediaUploadsSweep.name);

  constructor(
    private readonly sweeper: SweeperService,
    private readonly dataSource: DataSource,
    private readonly store: MediaStore,
  ) {}

  onModuleInit(): void {
    this.sweeper.register('media-uploads', () => this.sweep());
  }

  /** Deletes the bytes first: without their row they could not be found again. */
  private async sweep(): Promise<void> {
    const removed = await this.dataSource.transaction(async (manager) => {
      const forgotten = await lockForgotten(manager, BATCH);
      for (const { id, storageKey } of forgotten) {
        await this.store.delete(storageKey);
        await manager.delete(MediaUpload, { id });
      }
      return forgotten.length;
    });
    if (removed > 0) this.logger.log({ removed }, 'Removed uploads that were never sent');
  }
}
