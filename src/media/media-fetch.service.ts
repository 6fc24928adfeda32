import { Injectable, Logger } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { EventPublisherService } from '../contact-events/event-publisher.service.js';
import { TwilioMediaService } from '../twilio-integration/twilio-media.service.js';
import { afterFailure, type FetchFailure, MAX_TRIES } from './fetch-failures.js';
import { type ClaimedMedia, claimMedia, markStored, markUnavailable, postponeMedia } from './media-fetch.queries.js';
import { MediaChangesService } from './media-changes.service.js';
import { MediaStore } from './media-store.js';
import { detectType } from './media-types.js';
import { MediaQueue } from './media.queue.js';

/** Fetches pending media from Twilio into the media store. Fetching twice changes nothing. */
@Injectable()
export class MediaFetchService {
  private readonly logger = new Logger(MediaFetchService.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly twilio: TwilioMediaService,
    private readonly store: MediaStore,
    private readonly queue: MediaQueue,
    private readonly publisher: EventPublisherService,
    private readonly changes: MediaChangesService,
  ) {}

  async fetch(id: string): Promise<void> {
    const media = await claimMedia(this.dataSource.manager, id);
    if (media === null) return;
    if (media.attempts > MAX_TRIES) return this.fail(media, 'interrupted');
    const answer = await this.twilio.fetch(media.accountId, media.sourceUrl);
    if ('failure' in answer) return this.fail(media, answer.failure, answer.cause);
    try {
      await this.store.put(media.storageKey, answer.bytes);
    } catch (error) {
      return this.fail(media, 'not_stored', error);
    }
    await this.keep(media, answer.bytes);
  }

  private async keep(media: ClaimedMedia, bytes: Buffer): Promise<void> {
    const stored = {
      detectedType: await detectType(bytes, media.contentType),
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    };
    const isKept = await this.change(media, (manager) => markStored(manager, media.id, stored));
    if (isKept) this.logger.log({ ...idsOf(media), ...stored }, 'Stored media');
    else await this.dropUnlessStored(media);
  }

  /** Deletes the bytes if the medium was removed meanwhile; if another attempt was faster, its bytes stay. */
  private async dropUnlessStored({ id, storageKey }: ClaimedMedia): Promise<void> {
    const rows: unknown[] = await this.dataSource.query(
      `SELECT FROM message_media WHERE id = $1 AND state IN ('pending', 'stored')`,
      [id],
    );
    if (rows.length === 0) await this.store.delete(storageKey);
  }

  private async fail(media: ClaimedMedia, failure: FetchFailure, error?: unknown): Promise<void> {
    const next = afterFailure(failure, media.attempts);
    this.logger.warn({ ...idsOf(media), failure, ...next, err: error }, 'Media could not be fetched');
    if ('reason' in next) {
      await this.change(media, (manager) => markUnavailable(manager, media, next.reason));
      return;
    }
    const generation = await postponeMedia(this.dataSource.manager, media, next.waitSeconds);
    if (generation !== null) this.queue.enqueueSoon([media.id], generation, next.waitSeconds * 1_000);
  }

  /** The state and the event that tells of it, together. */
  private async change(media: ClaimedMedia, mark: (manager: EntityManager) => Promise<boolean>): Promise<boolean> {
    const isChanged = await this.dataSource.transaction(async (manager) => {
      const isMarked = await mark(manager);
      if (isMarked) await this.changes.record(manager, media);
      return isMarked;
    });
    if (isChanged) this.publisher.notify([media.accountId]);
    return isChanged;
  }
}

const idsOf = ({ id, accountId, messageId, attempts }: ClaimedMedia): object => ({
  mediaId: id,
  accountId,
  messageId,
  attempts,
});
