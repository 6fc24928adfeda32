import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EntryPointDto } from '../../../src/entry-points/entry-point.dto.js';
import type { InboundSmsDto } from '../../../src/inbound-sms/inbound-sms.dto.js';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { buildEntryPoint, connectTelephony, expectStatus } from '../../support/factories.ts';
import { Poison } from '../../support/poison.ts';
import { buildForm, postSigned } from '../../support/signed-forms.ts';
import { threadsOf, untilProcessed } from '../../support/threads.ts';

describe('An SMS that the database refuses', () => {
  const customer = '+15005553001';
  let app: TestApp;
  let entryPoint: EntryPointDto;
  let poison: Poison;

  beforeAll(async () => {
    app = await startTestApp();
    await connectTelephony(app);
    entryPoint = await buildEntryPoint(app);
    poison = await Poison.install(app.dataSource);
  });
  afterAll(() => app.stop());

  const text = (body: string): Promise<unknown> =>
    postSigned(app, entryPoint.webhookUrl, buildForm({ From: customer, Body: body }));

  async function journalOf(from: string): Promise<InboundSmsDto[]> {
    const { data } = expectStatus(await app.api.get<{ data: InboundSmsDto[] }>('inbound-sms?limit=100'), 200);
    return data.filter((sms) => sms.from === from).toReversed();
  }
  const findDeadLetters = async (): Promise<InboundSmsDto[]> =>
    expectStatus(await app.api.get<{ data: InboundSmsDto[] }>('inbound-sms?verdict=dead_letter'), 200).data;

  test('for an unknown reason is tried five times, ever later, then a dead letter that can be listed and replayed', async () => {
    await poison.add('unlucky', 'P0001');
    await text('unlucky');
    await untilProcessed(app, 1, customer);
    const [dead] = await journalOf(customer);
    expect(dead).toMatchObject({ verdict: 'dead_letter', attempts: 5, lastError: 'poison: P0001', contactId: null });
    // Waits of 0.5, 1, 2 and 4 s, each shortened by up to a half.
    const ms = Date.parse(String(dead!.processedAt)) - Date.parse(String(dead!.receivedAt));
    expect(ms).toBeGreaterThan(3_700);
    expect((await findDeadLetters()).map(({ id }) => id)).toContain(dead!.id);
    expect(await threadsOf(app, customer)).toEqual([]);

    await text('after');
    await untilProcessed(app, 2, customer);
    await poison.clear();
    expectStatus(await app.api.post(`inbound-sms/${dead!.id}/replay`), 202);
    await untilProcessed(app, 2, customer);
    expect((await threadsOf(app, customer)).map(({ bodies }) => bodies)).toEqual([['after', 'unlucky']]);
    expect((await findDeadLetters()).map(({ id }) => id)).not.toContain(dead!.id);
  });
});
