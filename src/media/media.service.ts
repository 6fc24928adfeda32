import { Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { DataSource } from 'typeorm';
import { conflict, notFound, type Problem } from '../common/problem.js';
import { EventPublisherService } from '../contact-events/event-publisher.service.js';
import { fromStore } from './from-store.js';
import { MediaChangesService } from './media-changes.service.js';
import { MediaStore } from './media-store.js';
import { type MessageMediaDto, presentMedia } from './media.dto.js';
import { MediaQueue } from './media.queue.js';
import { MediaUpload } from './media-upload.entity.js';
import { findShared, type SharedMedia } from './media-uploads.queries.js';
import { MessageMedia } from './message-media.entity.js';

/** Shows, fetches again and removes media for the API. */
@Injectable()
export class MediaService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly store: MediaStore,
    private readonly queue: MediaQueue,
    private readonly publisher: EventPublisherService,
    private readonly changes: MediaChangesService,
  ) {}

  /** Returns the stored bytes. @throws Problem 409 that says why there are none */
  async getStored(accountId: string, id: string): Promise<Stored> {
    const { manager } = this.dataSource;
    const media = await manager.findOneBy(MessageMedia, { accountId, id });
    if (media === null) return asStored(await manager.findOneBy(MediaUpload, { accountId, id }));
    if (media.state !== 'stored') throw hasNoBytes(media);
    return asStored(media);
  }

  /** Returns an upload that an agent has sent, to anyone who knows its path. */
  async getShared(id: string, key: string): Promise<SharedMedia> {
    const media = await findShared(this.dataSource.manager, id, key);
    if (media === null) throw notFound('media');
    return media;
  }

  async open({ storageKey }: Pick<Stored, 'storageKey'>): Promise<Readable> {
    const bytes = await fromStore(this.store.get(storageKey));
    if (bytes === null) throw conflict('media_lost', LOST);
    return bytes;
  }

  /** Fetches a medium again that was given up or waits for its next attempt. */
  async fetchAgain(accountId: string, id: string): Promise<MessageMediaDto> {
    const media = await this.dataSource.transaction(async (manager) => {
      const { affected } = await manager
        .createQueryBuilder()
        .update(MessageMedia)
        .set({
          state: 'pending',
          reason: null,
          attempts: 0,
          nextTryAt: () => 'now()',
          jobGeneration: () => 'job_generation + 1',
          jobDueAt: () => `now() + interval '10 seconds'`,
        })
        .where(`account_id = :accountId AND id = :id AND state IN ('pending', 'unavailable')`, { accountId, id })
        .execute();
      const found = await manager.findOneBy(MessageMedia, { accountId, id });
      if (found === null) throw notFound('media');
      if (affected === 0) throw cannotBeFetched(found);
      await this.changes.record(manager, found);
      return found;
    });
    this.queue.enqueueSoon([id], media.jobGeneration);
    this.publisher.notify([accountId]);
    return presentMedia(media);
  }

  /**
   * Updates the row first, so that a fetch under way discards its bytes, and commits last, so that the row never says
   * removed while the bytes still exist.
   */
  async remove(accountId: string, id: string): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const media = await manager.findOne(MessageMedia, {
        where: { accountId, id },
        lock: { mode: 'pessimistic_write' },
      });
      if (media === null) throw notFound('media');
      if (media.state === 'removed') return;
      if (media.state === 'linked') throw conflict('media_linked', LINKED);
      await manager.update(MessageMedia, { accountId, id }, { state: 'removed', reason: null });
      await this.changes.record(manager, media);
      if (media.storageKey !== null) await fromStore(this.store.delete(media.storageKey));
    });
    this.publisher.notify([accountId]);
  }
}

const REMOVED = 'It was removed for good.';
const LINKED = 'An agent sent it by URL, which its message shows; the service does not store its bytes.';
const LOST =
  'Its bytes are missing in the media store. If the store was moved or restored without them, put them back.';
const TRY_AGAIN = 'POST /api/v1/media/:id/fetch tries again.';

/** Media whose bytes are here. */
type Stored = Pick<MessageMedia, 'id'> & Record<'storageKey' | 'detectedType' | 'sha256', string> & { size: number };

/** An incomplete upload counts as none. */
function asStored(media: MessageMedia | MediaUpload | null): Stored {
  const { id, storageKey, detectedType, sha256, size } = media ?? {};
  if (!id || !storageKey || !detectedType || !sha256 || size == null) throw notFound('media');
  return { id, storageKey, detectedType, sha256, size };
}

function hasNoBytes({ state, reason }: MessageMedia): Problem {
  if (state === 'pending') {
    return conflict('media_pending', 'It is still being fetched from Twilio. Try again in a few seconds.');
  }
  if (state === 'unavailable') return conflict('media_unavailable', `${reason} ${TRY_AGAIN}`, {}, { reason });
  return state === 'linked' ? conflict('media_linked', LINKED) : conflict('media_removed', REMOVED);
}

function cannotBeFetched({ state }: MessageMedia): Problem {
  if (state === 'stored') return conflict('media_stored', 'It is stored already: GET /api/v1/media/:id.');
  return state === 'linked' ? conflict('media_linked', LINKED) : conflict('media_removed', REMOVED);
}
