import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { eventually } from '../../support/eventually.ts';
import { buildEntryPoint, connectTelephony } from '../../support/factories.ts';
import { findMediaRow, PNG, setTrouble, textFiles } from '../../support/media.ts';

describe('Fetching media', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
    await connectTelephony(app);
    await buildEntryPoint(app);
  });
  afterAll(() => app.stop());

  test('waits between its tries', async () => {
    await setTrouble(app, { rest: [{ status: 503, times: 1, path: '/Media/' }] });
    const { id } = (await textFiles(app, [PNG], { from: '+15005560001' })).media[0]!;
    const seconds = await eventually('the wait', async () => {
      const [row] = await app.dataSource.query(
        `SELECT extract(epoch FROM job_due_at - next_try_at) AS grace, extract(epoch FROM next_try_at - now()) AS wait
         FROM message_media WHERE id = $1 AND attempts = 1`,
        [id],
      );
      return row !== undefined && Number(row.grace) > 0 && Number(row.wait);
    });
    expect(seconds).toBeGreaterThan(2);
    expect(seconds).toBeLessThanOrEqual(5);
    // No sweep that comes too early, but the delayed job of this very try.
    await eventually('the second try', async () => (await findMediaRow(app, id)).state === 'stored');
  });
});
