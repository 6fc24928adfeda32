import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { HealthCheckDto, HealthReportDto } from '../../src/health/health-report.dto.js';
import { Api } from '../support/api.ts';
import { startTestApp, startTestProcess, type TestApp } from '../support/app.ts';
import { expectStatus } from '../support/factories.ts';
import { startTestRedis, type TestRedis } from '../stack/redis-server.ts';

describe('Settings that may lose accepted SMS', () => {
  let app: TestApp;
  let redis: TestRedis;

  beforeAll(async () => {
    redis = await startTestRedis();
    app = await startTestApp();
  });
  afterAll(async () => {
    await app.stop();
    await redis.stop();
  });

  test('are named in the health report, with the way out', async () => {
    expect(await checksOf(app.api)).toMatchObject([{ state: 'ok', reason: 'durability_sound' }]);
    const [{ name }] = await app.dataSource.query('SELECT current_database() AS name');
    await app.dataSource.query(`ALTER DATABASE ${name} SET synchronous_commit = off`);
    const careless = await startTestProcess(app, { REDIS_URL: redis.url });
    try {
      expect(await checksOf(new Api(careless.url, app.api.key))).toMatchObject([
        { state: 'warning', detail: expect.stringMatching(/set synchronous_commit to on/) },
        { state: 'warning', detail: expect.stringMatching(/set appendonly to yes/) },
      ]);
    } finally {
      await careless.stop();
    }
  });

  async function checksOf(api: Api): Promise<HealthCheckDto[]> {
    const { checks } = expectStatus(await api.get<HealthReportDto>('health-report'), 200);
    return checks.filter(({ name }) => name === 'durability');
  }
});
