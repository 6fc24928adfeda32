import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { MessageMediaDto } from '../../src/media/media.dto.js';
import { startTestApp, type TestApp } from '../support/app.ts';
import { buildEntryPoint, connectTelephony } from '../support/factories.ts';
import { download, findMediaRow, mediaOnceFetched, PNG, textFiles } from '../support/media.ts';
import { problemOf } from '../support/problems.ts';
import { startS3, type TestS3 } from '../support/s3.ts';

/** Each test goes on where the one before ended: the server is there, then it is not. */
describe('Media in S3', () => {
  let app: TestApp;
  let s3: TestS3;
  let kept: MessageMediaDto;

  beforeAll(async () => {
    s3 = await startS3();
    app = await startTestApp({
      SWEEP_SECONDS: '0.2',
      MEDIA_S3_BUCKET: s3.bucket,
      MEDIA_S3_ENDPOINT: s3.endpoint,
      MEDIA_S3_ACCESS_KEY_ID: s3.credentials.accessKeyId,
      MEDIA_S3_SECRET_ACCESS_KEY: s3.credentials.secretAccessKey,
    });
    await connectTelephony(app);
    await buildEntryPoint(app);
  });
  afterAll(async () => {
    await app.stop();
    await s3.stop();
  });

  const receive = async (): Promise<MessageMediaDto> =>
    (await mediaOnceFetched(app, await textFiles(app, [PNG], { from: '+15005550101' })))[0]!;

  test('are stored, served and removed', async () => {
    kept = await receive();
    const removed = await receive();
    expect([kept, removed]).toMatchObject([{ state: 'stored' }, { state: 'stored' }]);
    expect((await download(app, kept.id)).bytes).toEqual(PNG.bytes);
    expect((await app.api.delete(`media/${removed.id}`)).status).toBe(204);
    // The bytes themselves are gone: the row alone would not show it.
    await app.dataSource.query(`UPDATE message_media SET state = 'stored' WHERE id = $1`, [removed.id]);
    expect(problemOf(await app.api.get(`media/${removed.id}`))).toMatchObject({ errorCode: 'media_lost' });
  });

  test('that cannot be reached are neither served nor said to be removed, and what comes is given up in the end', async () => {
    await s3.stop();
    for (const answer of [await app.api.get(`media/${kept.id}`), await app.api.delete(`media/${kept.id}`)]) {
      expect(problemOf(answer)).toMatchObject({ status: 503, errorCode: 'media_store_unavailable' });
    }
    expect(await findMediaRow(app, kept.id)).toMatchObject({ state: 'stored' });
    const lost = await receive();
    expect(lost).toMatchObject({ state: 'unavailable', reason: expect.stringContaining('could not be stored here') });
    expect(await findMediaRow(app, lost.id)).toMatchObject({ attempts: 5 });
  });
});
