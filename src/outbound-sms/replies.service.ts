import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { violatesUnique } from '../common/database-errors.js';
import { notFound, type Problem, refuseField, unprocessable } from '../common/problem.js';
import { toStorableText } from '../common/safe-text.js';
import { EventPublisherService } from '../contact-events/event-publisher.service.js';
import { Contact } from '../contacts/contact.entity.js';
import { ContactListsService } from '../contacts/contact-lists.service.js';
import type { MessageDto } from '../contacts/message.dto.js';
import { addOutboundSms, type NewOutboundSms } from './add-outbound-sms.js';
import { OutboundSmsQueue } from './outbound-sms.queue.js';
import type { ReplyDto } from './reply.dto.js';
import { refuseIncomplete, ReplyRefusalsService } from './reply-refusals.service.js';

const MAX_KEY_LENGTH = 255;

/** Takes the agents' replies. */
@Injectable()
export class RepliesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly refusals: ReplyRefusalsService,
    private readonly queue: OutboundSmsQueue,
    private readonly publisher: EventPublisherService,
    private readonly lists: ContactListsService,
  ) {}

  /**
   * Stores a reply, which is sent at once. A second call with the same idempotency key returns the first message.
   * @throws Problem 409 if the customer cannot be answered, or not with these pictures; 422 if the key was used for another
   * request
   */
  async reply(accountId: string, contactId: string, reply: ReplyDto, idempotencyKey?: string): Promise<MessageDto> {
    refuseIncomplete(reply);
    const key = toKey(idempotencyKey);
    const idempotency = key === null ? null : { key, requestHash: hashOf(contactId, reply) };
    const earlier = await findEarlier(this.dataSource.manager, accountId, idempotency);
    if (earlier !== null) return this.lists.getMessage(accountId, earlier);
    await this.refuseUnknown(accountId, contactId);
    await this.refusals.refuseUnsendable(accountId, reply);
    const { messageId, sendingNumberId } = await this.dataSource.transaction((manager) =>
      this.add(manager, accountId, contactId, reply, idempotency),
    );
    if (sendingNumberId !== null) {
      this.publisher.notify([accountId]);
      this.queue.enqueueSoon(sendingNumberId);
    }
    return this.lists.getMessage(accountId, messageId);
  }

  private async add(
    manager: EntityManager,
    accountId: string,
    contactId: string,
    reply: ReplyDto,
    idempotency: Idempotency | null,
  ): Promise<{ messageId: string; sendingNumberId: string | null }> {
    const { body, mediaUrls = [], mediaIds = [], agentId } = reply;
    const contact = await manager.findOneOrFail(Contact, {
      where: { accountId, id: contactId },
      lock: { mode: 'for_no_key_update' },
    });
    // Checked again under the contact's lock: the same request may have arrived twice at the same time.
    const earlier = await findEarlier(manager, accountId, idempotency);
    if (earlier !== null) return { messageId: earlier, sendingNumberId: null };
    await this.refusals.refuseUnanswerable(manager, contact, reply);
    try {
      return await addOutboundSms(manager, {
        contact,
        origin: 'agent',
        agentId: agentId ?? contact.agentId,
        body: toStorableText(body),
        mediaUrls,
        mediaIds,
        idempotency,
      });
    } catch (error) {
      throw violatesUnique(error, 'outbound_sms_idempotency') ? keyReused() : error;
    }
  }

  private async refuseUnknown(accountId: string, id: string): Promise<void> {
    if (!(await this.dataSource.manager.existsBy(Contact, { accountId, id }))) throw notFound('contact');
  }
}

type Idempotency = NonNullable<NewOutboundSms['idempotency']>;

/** The message that an earlier request with this key created; null if there was none. */
async function findEarlier(
  manager: EntityManager,
  accountId: string,
  idempotency: Idempotency | null,
): Promise<string | null> {
  if (idempotency === null) return null;
  const [earlier] = await manager.query(
    'SELECT message_id AS id, request_hash AS hash FROM outbound_sms WHERE account_id = $1 AND idempotency_key = $2',
    [accountId, idempotency.key],
  );
  if (earlier === undefined) return null;
  if (earlier.hash === idempotency.requestHash) return earlier.id;
  throw keyReused();
}

const keyReused = (): Problem =>
  unprocessable(
    'idempotency_key_reused',
    'This Idempotency-Key was used for another message. Give each message a key of its own.',
  );

function toKey(header: string | undefined): string | null {
  const key = header?.trim() ?? '';
  if (header === undefined) return null;
  if (key.length > 0 && key.length <= MAX_KEY_LENGTH) return key;
  throw refuseField('idempotency_key_invalid', 'Idempotency-Key', 'must be 1 to {{max}} characters long', {
    max: MAX_KEY_LENGTH,
  });
}

const hashOf = (contactId: string, { body, mediaUrls = [], mediaIds = [], agentId }: ReplyDto): string =>
  createHash('sha256')
    .update(JSON.stringify([contactId, body, mediaUrls, agentId ?? null, ...mediaIds]))
    .digest('hex');
