import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ContactDto, ContactPageDto } from '../../src/contacts/contact.dto.js';
import { type BuiltService, startBuiltService } from '../stack/built-service.ts';
import { countByType, readEvents } from '../support/burst.ts';
import { eventually } from '../support/eventually.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';
import { sendSms } from '../support/phone.ts';
import { postReply, readInbox, untilStatus } from '../support/replies.ts';

const CUSTOMER = '+15005550101';

let service: BuiltService;

beforeAll(async () => {
  service = await startBuiltService();
  await connectTelephony(service);
  await buildEntryPoint(service);
});
afterAll(() => service.stop());

test('An SMS becomes a contact and events, a reply is delivered, and a kill -9 changes nothing of it', async () => {
  await sendSms(service, { from: CUSTOMER, body: 'My order is late' });
  const contact = await contactWith(1);
  expect(contact).toMatchObject({ ani: CUSTOMER, state: 'waiting' });
  expectStatus(await service.api.post(`contacts/${contact.id}/accept`, { agentId: 'ada' }), 200);
  const reply = expectStatus(await postReply(service, contact.id, { body: 'It is on its way.' }), 201);
  await untilStatus(service, reply, 'delivered');

  await service.kill();
  await service.startAgain();
  await sendSms(service, { from: CUSTOMER, body: 'Thank you' });
  expect(await contactWith(3)).toMatchObject({ id: contact.id, state: 'active', agentId: 'ada' });
  expect((await readInbox(service, CUSTOMER)).map(({ body }) => body)).toEqual(['It is on its way.']);
  const counts = countByType(await readEvents(service.api));
  expect(counts).toMatchObject({ 'contact.created': 1, 'contact.accepted': 1, 'contact.message': 3 });
});

/** The one contact there is, once it has so many messages. */
function contactWith(messageCount: number): Promise<ContactDto> {
  return eventually(`a contact with ${messageCount} messages`, async () => {
    const { data } = expectStatus(await service.api.get<ContactPageDto>('contacts'), 200);
    return data.length === 1 && data[0]!.messageCount === messageCount && data[0];
  });
}
