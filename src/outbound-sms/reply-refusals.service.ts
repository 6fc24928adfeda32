import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { conflict } from '../common/problem.js';
import { refuseFields } from '../common/validation.js';
import { Environment } from '../config/environment.js';
import type { Contact } from '../contacts/contact.entity.js';
import { EntryPoint } from '../entry-points/entry-point.entity.js';
import { findReasonUnreachable, UNREACHABLE } from '../entry-points/webhook-url.js';
import { isOptedOut } from '../opt-outs/opt-outs.queries.js';
import { TelephonyService } from '../twilio-integration/telephony.service.js';
import { MAX_MEDIA, type ReplyDto } from './reply.dto.js';

/** Refuses replies that could not reach the customer, before anything is stored. */
@Injectable()
export class ReplyRefusalsService {
  constructor(
    private readonly telephony: TelephonyService,
    private readonly environment: Environment,
  ) {}

  /** @throws Problem 409 if nothing can be sent at all, or not these pictures */
  async refuseUnsendable(accountId: string, { mediaIds = [] }: ReplyDto): Promise<void> {
    await this.telephony.refuseDisconnected(accountId);
    const { publicUrl, TWILIO_API_BASE_URL } = this.environment;
    const reason = findReasonUnreachable(publicUrl, TWILIO_API_BASE_URL);
    if (mediaIds.length === 0 || reason === null) return;
    throw conflict(
      'media_unreachable',
      `Twilio could not fetch the pictures: {{publicUrl}} ${UNREACHABLE[reason]}. Send the text without them; an admin can set PUBLIC_URL to the https address of this service, or of a tunnel to it.`,
      { publicUrl },
    );
  }

  /** @throws Problem 409 if the contact cannot be answered, or not with pictures */
  async refuseUnanswerable(manager: EntityManager, contact: Contact, reply: ReplyDto): Promise<void> {
    const { accountId, state, ani: customer, dnis: phoneNumber } = contact;
    if (state === 'closed') {
      throw conflict('contact_closed', 'This contact is closed. Open it again, or wait until the customer writes.');
    }
    if (!/^\+?\d+$/.test(customer)) {
      throw conflict('customer_unreachable', "{{customer}} is a sender's name and no number: nobody can text it.", {
        customer,
      });
    }
    if (await isOptedOut(manager, accountId, { customer, phoneNumber })) {
      throw conflict(
        'customer_opted_out',
        'The customer has opted out of texts from this number (STOP). Only the customer can lift that, by texting START.',
      );
    }
    if (countMedia(reply) > 0) await refuseWithoutMms(manager, contact);
  }
}

/** @throws Problem 422 that names the field */
export function refuseIncomplete(reply: ReplyDto): void {
  const media = countMedia(reply);
  if (media > MAX_MEDIA) {
    const message = 'must not be more than {{max}} together with mediaUrls';
    throw refuseFields([{ field: 'mediaIds', message, code: 'too_many_media', params: { max: MAX_MEDIA } }]);
  }
  if (reply.body.trim() === '' && media === 0) {
    const message = 'must have a text, unless there are pictures or files';
    throw refuseFields([{ field: 'body', message, code: 'text_missing' }]);
  }
}

/** Nothing is refused for a number that no longer belongs to the entry point, because its capabilities are unknown. */
async function refuseWithoutMms(manager: EntityManager, { accountId, entryPointId, dnis }: Contact): Promise<void> {
  const where = { accountId, id: entryPointId, phoneNumber: dnis, mms: false };
  if (!(await manager.exists(EntryPoint, { where, withDeleted: true }))) return;
  throw conflict(
    'number_without_mms',
    `{{number}} cannot send pictures or files: at Twilio it has no MMS. Send a text, which may have a link. If the number has MMS by now, check the webhook of the entry point: that asks Twilio again.`,
    { number: dnis },
  );
}

const countMedia = ({ mediaUrls = [], mediaIds = [] }: ReplyDto): number => mediaUrls.length + mediaIds.length;
