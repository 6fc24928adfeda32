import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readDockerfile } from '../../support/image.ts';

interface ComposeService {
  image: string;
  environment: Record<string, string>;
  healthcheck?: { test: string[] };
  command?: string[];
  profiles?: string[];
  ports?: string[];
  volumes: string[];
  [setting: string]: unknown;
}

const text = readFileSync(join(import.meta.dirname, '../../../docker/compose.yaml'), 'utf8');
const { services, volumes } = parse(text, { merge: true }) as {
  services: Record<string, ComposeService>;
  volumes: Record<string, unknown>;
};

/** What Compose hands on: `$$` stands for a dollar sign. */
const unescape = (words: string[]): string[] => words.map((word) => word.replaceAll('$$', '$'));

test('compose.yaml holds no password of its own', () => {
  const secrets = Object.values(services).flatMap(({ environment }) =>
    Object.entries(environment).filter(([name]) => /PASSWORD|KEY|_URL$/.test(name)),
  );
  expect(secrets).toHaveLength(6);
  for (const [, value] of secrets) {
    const literal = value.replaceAll(/\$\{[^{}]*(\{[^{}]*\}[^{}]*)*\}/g, '');
    expect(['', 'postgres://sms_inbound:@postgres:5432/sms_inbound']).toContain(literal);
  }
  expect(text.match(/:-[^}]*/g)!.toSorted()).toEqual(
    [':-', ':-', ':-3000', ':-api,worker,scheduler', ':-info', ':-latest', ':-true'].toSorted(),
  );
});

test('compose.yaml asks for what has no default', () => {
  expect(new Set(Array.from(text.matchAll(/(?<!\$)\$\{(\w+):\?/g), ([, name]) => name))).toEqual(
    new Set(['PUBLIC_URL', 'POSTGRES_PASSWORD']),
  );
});

describe.each(Object.entries(services))('The container %s', (_, service) => {
  test('has a health check', () => {
    expect(service.healthcheck?.test.length).toBeGreaterThan(1);
  });

  test('may do nothing that it does not need', () => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      tmpfs: expect.arrayContaining(['/tmp']),
    });
    expect(service).not.toHaveProperty('privileged');
    expect(service).not.toHaveProperty('cap_add');
  });

  test('keeps its data in a named volume', () => {
    for (const volume of service.volumes) expect(volumes).toHaveProperty(volume.split(':')[0]!);
  });

  test('is not open to the network', () => {
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
  });
});

test('The service is checked as its image says', () => {
  const { healthcheck } = services['sms-inbound']!;
  expect(unescape(healthcheck!.test)).toEqual(['CMD', ...readDockerfile().healthcheck]);
});

test('PostgreSQL is 18, where its image keeps the data', () => {
  expect(services['postgres']).toMatchObject({ image: 'postgres:18', volumes: ['postgres:/var/lib/postgresql'] });
});

describe('Redis', () => {
  const redis = services['redis']!;

  test('comes with its profile only', () => {
    expect(redis).toMatchObject({ image: 'redis:8', profiles: ['redis'] });
  });

  test('keeps every job', () => {
    expect(redis.command!.at(-1)).toMatch(/--appendonly yes --maxmemory-policy noeviction/);
  });

  test('does not start without a password', () => {
    const [command, ...words] = unescape(redis.command!);
    const { status, stderr } = spawnSync(command!, words, { env: { REDIS_PASSWORD: '' }, encoding: 'utf8' });
    expect(stderr).toMatch(/REDIS_PASSWORD: make one with/);
    expect(status).not.toBe(0);
  });
});
