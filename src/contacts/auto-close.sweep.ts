import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { appendContactEvents } from '../contact-events/contact-events.queries.js';
import { EventPublisherService } from '../contact-events/event-publisher.service.js';
import { SweeperService } from '../queue/sweeper.service.js';
import { closeSilentContacts, type SilentContact } from './auto-close.queries.js';

const BATCH = 100;
/** What is left waits for the next sweep, for the other sweeps wait for this one. */
const MAX_BATCHES = 50;

/** Closes contacts after the silence that their entry points allow. Any number of schedulers may do it at once. */
@Injectable()
export class AutoCloseSweep implements OnModuleInit {
  private readonly logger = new Logger(AutoCloseSweep.name);

  constructor(
    private readonly sweeper: SweeperService,
    private readonly dataSource: DataSource,
    private readonly publisher: EventPublisherService,
  ) {}

  onModuleInit(): void {
    this.sweeper.register('auto-close', () => this.sweep());
  }

  private async sweep(): Promise<void> {
    let contacts = 0;
    try {
      for (let batch = 0; batch < MAX_BATCHES; batch++) {
        const closed = await this.closeBatch();
        contacts += closed.length;
        if (closed.length < BATCH) break;
      }
    } finally {
      if (contacts > 0) this.logger.log({ contacts }, 'Closed contacts after silence');
    }
  }

  private async closeBatch(): Promise<SilentContact[]> {
    const closed = await this.dataSource.transaction(async (manager) => {
      const contacts = await closeSilentContacts(manager, BATCH);
      await appendContactEvents(
        manager,
        contacts.map(({ id, accountId, version }) => ({ accountId, type: 'contact.closed', contactId: id, version })),
      );
      return contacts;
    });
    this.publisher.notify(new Set(closed.map(({ accountId }) => accountId)));
    return closed;
  }
}
