import type { InboundSmsPageDto } from '../../src/inbound-sms/inbound-sms.dto.js';
import type { TestApp } from './app.ts';
import { textAndWait } from './contacts.ts';
import { buildEntryPoint, expectStatus } from './factories.ts';
import { attach, lastMessage, mediaOnceFetched, PNG } from './media.ts';

/** The resources of an account that the path of an operation can name. */
export type Resource =
  | 'apiKey'
  | 'blockedSender'
  | 'campaign'
  | 'cannedReply'
  | 'consumer'
  | 'contact'
  | 'entryPoint'
  | 'inboundSms'
  | 'media'
  | 'note'
  | 'user';

/** Creates one resource of each kind. @returns their ids; for the consumer, its name */
export async function buildOneOfEach(app: TestApp): Promise<Record<Resource, string>> {
  const entryPoint = await buildEntryPoint(app);
  const contact = await textAndWait(app, { from: '+15005550101', media: [attach(PNG)] });
  const [media] = await mediaOnceFetched(app, await lastMessage(app, contact.id));
  const { body: journal } = await app.api.get<InboundSmsPageDto>('inbound-sms');
  const { body: apiKey } = await app.api.post<{ id: string }>('api-keys', { name: 'A', scopes: ['events:read'] });
  expectStatus(await app.api.put('consumers/billing', {}), 200);
  const { body: blocked } = await app.api.post<{ id: string }>('blocked-senders', { phoneNumber: '+15005550666' });
  const { body: canned } = await app.api.post<{ id: string }>('canned-replies', { shortcut: 'hi', text: 'Hello' });
  const { body: user } = await app.api.post<{ id: string }>('users', { email: 'a@example.com', role: 'agent' });
  const { body: note } = await app.api.post<{ id: string }>(`contacts/${contact.id}/notes`, { body: 'A note' });
  return {
    apiKey: apiKey.id,
    blockedSender: blocked.id,
    campaign: entryPoint.campaignId,
    cannedReply: canned.id,
    consumer: 'billing',
    contact: contact.id,
    entryPoint: entryPoint.id,
    inboundSms: journal.data[0]!.id,
    media: media!.id,
    note: note.id,
    user: user.id,
  };
}
