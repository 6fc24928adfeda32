import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ContactPageDto } from '../../src/contacts/contact.dto.js';
import type { MessagePageDto } from '../../src/contacts/message.dto.js';
import { startTestApp, type TestApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';
import { sendSms } from '../support/phone.ts';

describe('An SMS', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
    await connectTelephony(app);
  });
  afterAll(() => app.stop());

  test('becomes a waiting contact with one message and two events', async () => {
    const entryPoint = await buildEntryPoint(app);
    const { messageSid } = await sendSms(app, { from: '+15005550101', body: 'Hi, my order is late' });

    const contact = await eventually('a contact', async () => {
      const { body } = await app.api.get<ContactPageDto>('contacts?customer=%2B15005550101');
      return body.data[0];
    });
    expect(contact).toMatchObject({
      state: 'waiting',
      campaignId: entryPoint.campaignId,
      channelId: 'sms',
      entryPointId: entryPoint.id,
      mediaPreset: 'sms',
      lang: 'en-US',
      ani: '+15005550101',
      dnis: '+15005550006',
      agentId: null,
      messageCount: 1,
    });
    const thread = expectStatus(await app.api.get<MessagePageDto>(`contacts/${contact.id}/messages`), 200);
    expect(thread.data).toEqual([
      expect.objectContaining({ direction: 'inbound', body: 'Hi, my order is late', twilioMessageSid: messageSid }),
    ]);
    const { body: events } = await app.api.get<{ data: { type: string; subject: string }[] }>('events');
    expect(events.data.map(({ type, subject }) => [type, subject])).toEqual([
      ['contact.created', contact.id],
      ['contact.message', contact.id],
    ]);
  });
});
