import { afterEach, expect, test } from '@jest/globals';
import type { ContactPageDto } from '../../../src/contacts/contact.dto.js';
import type { MessageDto } from '../../../src/contacts/message.dto.js';
import { type BuiltService, startBuiltService } from '../../stack/built-service.ts';
import { ask, readEvents } from '../../support/burst.ts';
import { eventually } from '../../support/eventually.ts';
import { buildEntryPoint, connectTelephony } from '../../support/factories.ts';
import { sendSms } from '../../support/phone.ts';
import { makeTrouble } from '../../support/replies.ts';

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
const CLAIMED = `SELECT count(*)::int AS count FROM message_media WHERE state = 'pending' AND attempts = 1`;

let service: BuiltService;

afterEach(() => service.stop());

test('a picture whose download a kill -9 cut off is there after the restart, and told of once', async () => {
  service = await startBuiltService();
  await connectTelephony(service);
  await buildEntryPoint(service);
  // As long as a kill takes to come in between.
  await makeTrouble(service, { slowMs: 20_000 });
  await sendSms(service, { from: '+15005550101', media: [{ contentType: 'image/png', base64: PNG }] });
  const databaseUrl = await service.databaseUrl();
  await eventually('the download', async () => (await ask<{ count: number }>(databaseUrl, CLAIMED)).count === 1);
  await service.kill();
  await makeTrouble(service, {});
  await service.startAgain();

  const [contact] = (await service.api.get<ContactPageDto>('contacts')).body.data;
  const [picture] = await eventually(
    'the picture',
    async () => {
      const { body } = await service.api.get<{ data: MessageDto[] }>(`contacts/${contact!.id}/messages`);
      const { media } = body.data[0]!;
      return media[0]?.state === 'stored' && media;
    },
    90_000,
  );
  const answer = await fetch(`${service.url}${picture!.url}`, {
    headers: { Authorization: `Bearer ${service.api.key}` },
  });
  expect(answer.headers.get('content-type')).toBe('image/png');
  expect(Buffer.from(await answer.arrayBuffer()).toString('base64')).toBe(PNG);
  const told = (await readEvents(service.api)).filter(({ type }) => type === 'message.media');
  expect(told).toHaveLength(1);
});
