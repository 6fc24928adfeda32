import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Counter, Gauge } from 'prom-client';
import { SecretBox } from '../common/secret-box.js';
import { loadEnvironment } from '../config/load-environment.js';
import { SpoolMetrics } from './spool.metrics.js';
import { SpoolService } from './spool.service.js';

describe('The spool', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sms-inbound-spool-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const secrets = new SecretBox(new Map([['k1', randomBytes(32)]]));
  const openSpool = (): SpoolService => {
    const options = { name: 'any', help: 'Unused.', registers: [] };
    const [counter, gauge] = [new Counter(options), new Gauge(options)];
    const environment = loadEnvironment({ SPOOL_DIR: folder, SPOOL_DURABLE: 'true' });
    return new SpoolService(
      environment,
      { isFilled: true, isEmptied: true },
      secrets,
      new SpoolMetrics(counter, counter, counter, gauge, gauge),
    );
  };

  test('never looks empty while another process takes over its segments', async () => {
    const [writer, other] = [openSpool(), openSpool()];
    for (let n = 0; n < 200; n++) {
      await writer.append([`record ${n}`]);
      const measurements = Array.from({ length: 5 }, () => other.measure());
      const [segments, ...measured] = await Promise.all([writer.take(), ...measurements]);
      expect(segments).toHaveLength(1);
      expect(Math.min(...measured)).toBeGreaterThan(0);
      for (const { id } of segments) await writer.remove(id);
    }
    expect(await other.measure()).toBe(0);
  });
});
