import type { ServerResponse } from 'node:http';
import type { Admission } from '../access/admissions.service.js';
import type { ContactEvent, LogPosition } from './contact-event.js';
import { toSequence } from './sequence.js';

const HEARTBEAT_MS = 15_000;
const MAX_UNSENT_BYTES = 256 * 1024;

/** Whose log somebody reads, and what lets them. */
export interface Reader extends Admission {
  accountId: string;
  /** The API key, or the user, whatever the session. */
  callerId: string;
}

/** One reader of an account's log, over server-sent events. */
export class EventStream {
  private readonly heartbeat: NodeJS.Timeout;

  /** @param at the place in the log after which this reader gets events */
  constructor(
    readonly reader: Reader,
    private readonly response: ServerResponse,
    public at: LogPosition,
  ) {
    response.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    });
    response.write('retry: 2000\n\n');
    this.heartbeat = setInterval(() => this.write(': still here\n\n'), HEARTBEAT_MS);
  }

  get isOpen(): boolean {
    return !this.response.writableEnded && !this.response.destroyed;
  }

  send(events: ContactEvent[]): void {
    for (const event of events) {
      const { id, type, contactId, version } = event;
      this.write(
        `id: ${toSequence(event)}\nevent: ${type}\ndata: ${JSON.stringify({ id, type, contactId, version })}\n\n`,
      );
      this.at = { transactionId: event.transactionId, position: event.position };
    }
  }

  /** Says that events are missing here, and goes on from where there are some again. */
  skipPruned(horizon: LogPosition): void {
    const resumeAfter = toSequence(horizon);
    this.write(`id: ${resumeAfter}\nevent: events.pruned\ndata: ${JSON.stringify({ resumeAfter })}\n\n`);
    this.at = horizon;
  }

  /** Says that entry points, or what governs them, have changed. It has no place in the log, and no id. */
  tellEntryPointsChanged(): void {
    this.write('event: entry-points.changed\ndata: {}\n\n');
  }

  close(): void {
    clearInterval(this.heartbeat);
    this.response.destroy();
  }

  /** A reader slower than the stream is cut off, and catches up with `Last-Event-ID`; nothing piles up here for it. */
  private write(text: string): void {
    if (!this.isOpen) return;
    this.response.write(text);
    if (this.response.writableLength > MAX_UNSENT_BYTES) this.close();
  }
}
