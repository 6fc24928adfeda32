import { describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { EnvironmentError, loadEnvironment } from './load-environment.js';

const KEY = randomBytes(32).toString('base64');

const problemsOf = (source: NodeJS.ProcessEnv): string => {
  try {
    loadEnvironment(source);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.message;
    throw error;
  }
  return 'no problems';
};

describe('loadEnvironment', () => {
  test('needs no variable: the defaults run on this machine alone', () => {
    const environment = loadEnvironment({});
    expect(environment).toMatchObject({
      HOST: '127.0.0.1',
      PORT: 3000,
      DATA_DIR: '.data',
      ROLES: ['api', 'worker', 'scheduler'],
      MIGRATE_AT_START: true,
      LOG_LEVEL: 'info',
      publicUrl: 'http://127.0.0.1:3000',
    });
    expect(environment.DATABASE_URL).toBeUndefined();
    expect(environment.REDIS_URL).toBeUndefined();
  });

  test('treats an empty variable, as Compose files write it, as not set', () => {
    expect(loadEnvironment({ PORT: '', DATABASE_URL: '', PUBLIC_URL: '', ROLES: '' })).toEqual(loadEnvironment({}));
  });

  test('stops at a former name, and names the current one', () => {
    expect(problemsOf({ DOOR_MAX_WAITING: '100' })).toContain(
      'DOOR_MAX_WAITING is now called INTAKE_MAX_WAITING. Set INTAKE_MAX_WAITING instead.',
    );
    expect(problemsOf({ DOOR_MAX_WAITING: '', INTAKE_MAX_WAITING: '100' })).toBe('no problems');
  });

  test('ignores variables that are not its own', () => {
    expect(loadEnvironment({ PATH: '/bin', NODE_ENV: 'test' })).toEqual(loadEnvironment({}));
  });

  test.each([
    [{ PORT: '8080' }, { PORT: 8080, publicUrl: 'http://127.0.0.1:8080' }],
    [{ PUBLIC_URL: 'https://sms.example.com/base//' }, { publicUrl: 'https://sms.example.com/base' }],
    [{ ROLES: 'api, worker' }, { ROLES: ['api', 'worker'] }],
    [{ TRUST_PROXY: '10.0.0.0/8, ::1' }, { TRUST_PROXY: ['10.0.0.0/8', '::1'] }],
    [{ MIGRATE_AT_START: 'false' }, { MIGRATE_AT_START: false }],
    [{ DATABASE_URL: 'postgresql://db/sms' }, { DATABASE_URL: 'postgresql://db/sms' }],
    [{ REDIS_URL: 'rediss://a:1,rediss://b:2' }, { REDIS_URL: 'rediss://a:1,rediss://b:2' }],
    [{ ENCRYPTION_KEYS: `k2:${KEY},k1:${KEY}` }, { ENCRYPTION_KEYS: `k2:${KEY},k1:${KEY}` }],
  ])('reads %j', (source, expected) => {
    expect(loadEnvironment(source)).toMatchObject(expected);
  });

  test('gives a process the roles that are set and no others', () => {
    const environment = loadEnvironment({ ROLES: 'worker' });
    expect(['api', 'worker', 'scheduler'].map((role) => environment.has(role as 'api'))).toEqual([false, true, false]);
  });

  test.each([
    ['PORT', '65536', /PORT must not be greater than 65535/],
    ['PORT', 'http', /PORT .*must be an integer/],
    ['PUBLIC_URL', 'sms.example.com', /PUBLIC_URL must be an http or https URL/],
    ['PUBLIC_URL', 'ftp://sms.example.com', /PUBLIC_URL must be/],
    ['PUBLIC_URL', 'https://sms.example.com/?a=1', /PUBLIC_URL must be/],
    ['PUBLIC_URL', 'https://sms.example.com/#a', /PUBLIC_URL must be/],
    ['PUBLIC_URL', 'https://user:pass@sms.example.com', /PUBLIC_URL must be/],
    ['PUBLIC_URL', ' https://sms.example.com', /PUBLIC_URL must be/],
    ['TWILIO_API_BASE_URL', 'localhost:4010', /TWILIO_API_BASE_URL must be/],
    ['ROLES', 'api,cook', /ROLES .*one of the following values: api, worker, scheduler/],
    ['DATABASE_URL', 'mysql://db', /DATABASE_URL must begin with postgres:\/\//],
    ['REDIS_URL', 'http://redis', /REDIS_URL must begin with redis:\/\//],
    ['TRUST_PROXY', 'proxy.example.com', /TRUST_PROXY .*must contain only IP addresses or networks/],
    ['TRUST_PROXY', '10.0.0.0/33', /TRUST_PROXY .*must contain only IP addresses or networks/],
    ['MIGRATE_AT_START', 'maybe', /MIGRATE_AT_START must be a boolean/],
    ['EVENT_RETENTION_DAYS', '-1', /EVENT_RETENTION_DAYS must not be less than 0/],
    ['EVENT_RETENTION_DAYS', '0.5', /EVENT_RETENTION_DAYS must be an integer number/],
    ['SWEEP_SECONDS', '0', /SWEEP_SECONDS must not be less than 0\.1/],
    ['LOG_LEVEL', 'loud', /LOG_LEVEL must be one of/],
    ['ENCRYPTION_KEYS', 'k1:c2hvcnQ=', /ENCRYPTION_KEYS must be id:base64 pairs, each of 32 bytes/],
    ['ENCRYPTION_KEYS', `k1:${KEY},`, /ENCRYPTION_KEYS must be/],
    ['ENCRYPTION_KEYS', KEY, /ENCRYPTION_KEYS must be/],
  ])('refuses %s=%s', (name, value, expected) => {
    expect(problemsOf({ [name]: value })).toMatch(expected);
  });

  test('lists all problems at once, and never a value, which may be a secret', () => {
    const source = { PORT: '-1', DATABASE_URL: 'mysql://u:hunter2@db', ENCRYPTION_KEYS: 'hunter2', LOG_LEVEL: 'loud' };
    const lines = problemsOf(source).split('\n');
    expect(lines.slice(1, -1).map((line) => line.trim().split(' ')[0])).toEqual(Object.keys(source));
    expect(lines.at(-1)).toContain('.env.example');
    expect(lines.join()).not.toContain('hunter2');
  });
});
