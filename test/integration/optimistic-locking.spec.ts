import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CampaignDto } from '../../src/campaigns/campaign.dto.js';
import type { EntryPointDto } from '../../src/entry-points/entry-point.dto.js';
import type { Answer } from '../support/api.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { buildCampaign, buildEntryPoint, connectTelephony, expectStatus } from '../support/factories.ts';
import { problemOf } from '../support/problems.ts';
import { TwilioConsole } from '../support/twilio-console.ts';

type Edited = CampaignDto | EntryPointDto;

describe('Of two who edit the same thing, the second is told', () => {
  let app: TestApp;
  let free: { phoneNumber: string }[];

  beforeAll(async () => {
    app = await startTestApp();
    await connectTelephony(app);
    free = (await new TwilioConsole(app).call<{ numbers: typeof free }>('PUT', 'numbers', { count: 20 })).numbers;
  });
  afterAll(() => app.stop());

  const buildCampaignOnly = (): Promise<Edited> => buildCampaign(app);
  const buildOnFreeNumber = (): Promise<EntryPointDto> =>
    buildEntryPoint(app, { phoneNumber: free.shift()!.phoneNumber });

  describe.each([
    ['campaigns', buildCampaignOnly, { smsInboundEnabled: false }],
    ['entry-points', buildOnFreeNumber as () => Promise<Edited>, { state: 'disabled' }],
  ])('%s', (list, build, change) => {
    const get = (id: string): Promise<Answer<Edited>> => app.api.get<Edited>(`${list}/${id}`);
    const patch = (id: string, ifMatch?: string): Promise<Answer<Edited>> =>
      app.api.patch<Edited>(`${list}/${id}`, change, ifMatch === undefined ? {} : { 'If-Match': ifMatch });

    test('the version begins with 1, grows with each change, and is the ETag', async () => {
      const { id, version } = await build();
      expect(version).toBe(1);
      expect((await get(id)).headers.get('ETag')).toBe('"1"');
      const changed = await patch(id);
      expect(changed.headers.get('ETag')).toBe('"2"');
      expect(changed.body.version).toBe(2);
      expect((await get(id)).body).toEqual(changed.body);
    });

    test.each(['"1"', 'W/"1"', '"7", "1"', '*'])('%s lets the first change pass', async (ifMatch) => {
      const { id } = await build();
      expect(expectStatus(await patch(id, ifMatch), 200).version).toBe(2);
    });

    test.each(['"2"', '1', '', '"0", W/"2"'])('%j does not, and changes nothing', async (ifMatch) => {
      const { body: before } = await get((await build()).id);
      const problem = problemOf(await patch(before.id, ifMatch));
      expect(problem).toMatchObject({ status: 412, errorCode: 'changed_meanwhile', version: 1 });
      expect(problem.detail).toContain('Read it again');
      expect((await get(before.id)).body).toEqual(before);
    });

    test('of ten changes at once to what all have read, one is made', async () => {
      const { id } = await build();
      const answers = await Promise.all(Array.from({ length: 10 }, () => patch(id, '"1"')));
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, ...Array(9).fill(412)]);
      expect((await get(id)).body.version).toBe(2);
    });

    test('a delete takes If-Match too', async () => {
      const { id } = await build();
      expectStatus(await patch(id), 200);
      const stale = problemOf(await app.api.delete(`${list}/${id}`, { 'If-Match': '"1"' }));
      expect(stale).toMatchObject({ status: 412, errorCode: 'changed_meanwhile' });
      expect((await get(id)).status).toBe(200);
      const deleted = await app.api.delete(`${list}/${id}`, { 'If-Match': '"2"' });
      expectStatus(deleted, 204);
      expectStatus(await get(id), 404);
      expect(problemOf(await app.api.delete(`${list}/${id}`, { 'If-Match': '*' })).status).toBe(404);
    });
  });

  test('a new one has its ETag from the start', async () => {
    const created = await app.api.post('campaigns', { name: 'Tagged', languages: ['en'] });
    expect(created.headers.get('ETag')).toBe('"1"');
  });

  test('what a check of the webhook finds, and setting it, is no change of the entry point', async () => {
    const { id, version } = await buildOnFreeNumber();
    for (const call of ['get', 'post'] as const) expectStatus(await app.api[call](`entry-points/${id}/webhook`), 200);
    const { body } = await app.api.get<EntryPointDto>(`entry-points/${id}`);
    expect(body).toMatchObject({ version, webhook: { state: 'set', checkedAt: expect.any(String) } });
  });
});
