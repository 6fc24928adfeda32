import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { enqueueDueRows } from '../queue/due-rows.js';
import { SweeperService } from '../queue/sweeper.service.js';
import { MediaQueue } from './media.queue.js';

const MEDIA = { name: 'message_media', isPending: "state = 'pending'" };

/** Finds media whose job never ran, and enqueues them again. */
@Injectable()
export class MediaSweep implements OnModuleInit {
  constructor(
    private readonly sweeper: SweeperService,
    private readonly dataSource: DataSource,
    private readonly queue: MediaQueue,
  ) {}

  onModuleInit(): void {
    this.sweeper.register('media', () =>
      enqueueDueRows(this.dataSource.manager, MEDIA, (rows) =>
        Promise.all(rows.map(({ id, generation }) => this.queue.enqueue(id, generation))),
      ),
    );
  }
}
