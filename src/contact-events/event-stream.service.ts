import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { EntityManager } from 'typeorm';
import { AdmissionsService } from '../access/admissions.service.js';
import { Problem } from '../common/problem.js';
import { NotificationsService } from '../database/notifications.service.js';
import { EVENTS_CHANNEL, findLogEnd, hasEventsBehindHorizon, readContactEvents } from './contact-events.queries.js';
import { findHorizonPast } from './event-log-pruning.queries.js';
import { EventStream, type Reader } from './event-stream.js';
import { parseSequence } from './sequence.js';

/** Triggers of the tables tell it. */
const ENTRY_POINTS_CHANNEL = 'entry_points_changed';
const BATCH = 100;
const HORIZON_RETRY_MS = 20;
const CHECK_READERS_MS = 3_000;
/** Of one API key or user, in this process: each costs a connection, and a look at the log whenever it grows. */
const MAX_STREAMS = 20;

/**
 * The event streams of this process. A NOTIFY says that an account's log has grown; each stream then reads on. It ends when
 * its reader would no longer be let in.
 */
@Injectable()
export class EventStreamService implements OnModuleInit {
  private readonly logger = new Logger(EventStreamService.name);
  private readonly streams = new Set<EventStream>();
  private readonly reading = new Map<EventStream, 'once' | 'again'>();
  /** There as long as there are streams. */
  private checking: NodeJS.Timeout | undefined;

  constructor(
    private readonly manager: EntityManager,
    private readonly notifications: NotificationsService,
    private readonly admissions: AdmissionsService,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.notifications.listen(EVENTS_CHANNEL, (accountId) => this.wake(accountId));
    await this.notifications.listen(ENTRY_POINTS_CHANNEL, (accountId) => {
      for (const stream of this.streamsOf(accountId)) stream.tellEntryPointsChanged();
    });
  }

  /** Their readers connect again, elsewhere. */
  closeAll(): void {
    for (const stream of this.streams) stream.close();
  }

  /**
   * @param after a `sequence` (also what a browser sends as Last-Event-ID); without it only what comes from now on
   * @param takeOver gives the response away from the framework, once nothing can be refused any more
   * @throws Problem 422 when `after` is no sequence, 429 when the reader has too many open
   */
  async open(reader: Reader, after: string | undefined, takeOver: () => ServerResponse): Promise<void> {
    const at = after === undefined ? await findLogEnd(this.manager) : parseSequence(after);
    this.refuseTooMany(reader);
    const response = takeOver();
    const stream = new EventStream(reader, response, at);
    this.add(stream);
    response.once('close', () => this.remove(stream));
    // Its reader may have gone while the end of the log was looked up, and nobody says so twice.
    if (!stream.isOpen) return this.remove(stream);
    this.readOn(stream);
  }

  private refuseTooMany({ callerId }: Reader): void {
    const open = [...this.streams].filter((stream) => stream.reader.callerId === callerId).length;
    if (open < MAX_STREAMS) return;
    throw new Problem(
      429,
      'too_many_streams',
      'This API key or user has {{most}} event streams open, and may have no more. Close one, or let one stream serve several readers.',
      { params: { most: MAX_STREAMS } },
    );
  }

  private add(stream: EventStream): void {
    this.streams.add(stream);
    this.checking ??= setInterval(() => void this.endThoseOfNobody(), CHECK_READERS_MS);
  }

  private remove(stream: EventStream): void {
    stream.close();
    this.streams.delete(stream);
    if (this.streams.size > 0) return;
    clearInterval(this.checking);
    this.checking = undefined;
  }

  private wake(accountId: string | undefined): void {
    for (const stream of this.streamsOf(accountId)) this.readOn(stream);
  }

  private streamsOf(accountId: string | undefined): EventStream[] {
    return [...this.streams].filter((stream) => accountId === undefined || accountId === stream.reader.accountId);
  }

  /** A session may end in any process, and by itself: so it is looked up. Without a database there is nothing to send. */
  private async endThoseOfNobody(): Promise<void> {
    const readers = [...this.streams].map(({ reader }) => reader);
    const ended = new Set(await this.admissions.findEnded(readers).catch(() => []));
    for (const stream of this.streams) if (ended.has(stream.reader)) stream.close();
  }

  private readOn(stream: EventStream): void {
    if (this.reading.has(stream)) {
      this.reading.set(stream, 'again');
      return;
    }
    this.reading.set(stream, 'once');
    this.readToEnd(stream)
      .catch((error: Error) => {
        this.logger.warn({ err: error }, 'An event stream could not read on; its reader connects again');
        stream.close();
      })
      .finally(() => this.reading.delete(stream));
  }

  private async readToEnd(stream: EventStream): Promise<void> {
    const { accountId } = stream.reader;
    while (stream.isOpen) {
      this.reading.set(stream, 'once');
      const events = await readContactEvents(this.manager, accountId, stream.at, BATCH);
      const horizon = await findHorizonPast(this.manager, accountId, stream.at);
      if (horizon !== null) {
        stream.skipPruned(horizon);
        continue;
      }
      stream.send(events);
      if (events.length > 0) continue;
      if (await hasEventsBehindHorizon(this.manager, accountId, stream.at)) await sleep(HORIZON_RETRY_MS);
      else if (this.reading.get(stream) !== 'again') return;
    }
  }
}
