import { beforeAll, describe, expect, test } from '@jest/globals';
import { getMetadataStorage } from 'class-validator';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FRAMEWORK_CODES } from '../../src/common/problem-details.filter.js';
import { RULE_ARGUMENTS } from '../../src/common/validation.js';
import { Environment } from '../../src/config/environment.js';
import { UNREACHABLE } from '../../src/entry-points/webhook-url.js';
import { HEALTH_SENTENCES } from '../../src/health/health-sentences.js';
import { FETCH_FAILURES } from '../../src/media/fetch-failures.js';
import { KNOWN_ERRORS } from '../../src/twilio-integration/message-errors.js';
import { findProblemsInSource, placesOf } from '../support/problems-in-source.ts';

const ROOT = join(import.meta.dirname, '../..');
const readJson = (path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
const ITALIAN = readJson('console/src/service-texts/it.json') as Record<string, Record<string, string>>;
const { schemas } = readJson('openapi.json').components;

/** What the service may say, by code, and what each tells of. */
type Said = Record<string, string[]>;

const inSource = findProblemsInSource(ROOT);
const problems: Said = Object.fromEntries([
  ...[...Object.values(FRAMEWORK_CODES), 'error'].map((code) => [code, []]),
  ...inSource.filter(({ isOfField }) => !isOfField).map(({ code, places }) => [code, places]),
]);

describe('What the service says in English, the console says in Italian:', () => {
  const fields: Said = Object.fromEntries(
    inSource.filter(({ isOfField }) => isOfField).map(({ code, places }) => [code, places]),
  );
  beforeAll(async () => Object.assign(fields, await findRules()));

  test('why it refuses a request', () => expect(italian('problems')).toEqual(sorted(problems)));

  test('what is wrong with a field', () => expect(italian('fields')).toEqual(sorted(fields)));

  test('how it is', () => expect(italian('health')).toEqual(sorted(wordsOf(HEALTH_SENTENCES))));

  test('why Twilio cannot reach it', () =>
    expect(italian('unreachable')).toEqual(
      sorted(Object.fromEntries(Object.keys(UNREACHABLE).map((reason) => [reason, ['publicUrl']]))),
    ));

  test('why a picture or file is not there', () =>
    expect(Object.keys(ITALIAN['media']!).toSorted()).toEqual(FETCH_FAILURES.toSorted()));

  test('why a message did not arrive, and what to do', () => {
    expect(Object.keys(ITALIAN['messages']!)).toEqual([...Object.keys(KNOWN_ERRORS), 'unknown']);
    for (const said of Object.values(ITALIAN['messages']!)) {
      expect(said).toEqual({ text: expect.stringMatching(/\.$/), advice: expect.stringMatching(/\.$/) });
    }
  });

  test('what it did at Twilio', () =>
    expect(Object.keys(ITALIAN['webhookSteps']!).toSorted()).toEqual(codesOf('WebhookStepDto.step').toSorted()));
});

describe.each(['en', 'it'])('What the service says by a code alone, the console says in words (%s):', (language) => {
  test.each([
    ['health/checks', 'HealthCheckDto.name'],
    ['health/states', 'HealthCheckDto.state'],
    ['health/overall', 'HealthReportDto.status'],
    ['entry-points/webhook.state', 'EntryPointWebhookDto.state'],
    ['entry-points/webhook.step', 'WebhookStepDto.step'],
    ['entry-points/webhook.problem', 'UnsetWebhookDto.state'],
    ['activity/verdicts', 'InboundSmsDto.verdict', 'waiting'],
    ['activity/reasons', 'InboundSmsDto.verdict', 'waiting'],
    ['activity/sources', 'InboundSmsDto.source'],
    ['desk/state', 'ContactDto.state'],
    ['desk/origin', 'MessageDto.origin'],
    ['desk/facts.by', 'ContactDto.closeReason'],
    ['desk/optOuts.by', 'OptOutDto.source'],
    ['settings/users.roles', 'UserDto.role'],
    ['settings/consumers.states', 'DeliveryDto.state'],
    ['settings/consumers.backend', 'ConsumerDto.backend'],
    ['settings/about.modes', 'AboutDto.mode'],
    ['settings/about.backend', 'AboutDto.queues'],
    ['settings/audit.actions', 'AuditEntryDto.action'],
  ])('%s has each %s', (place, field, ...others) => {
    const [namespace, path] = place.split('/') as [string, string];
    const texts = readJson(`console/src/${namespace}/${language}.json`);
    const codes = [...codesOf(field), ...others];
    expect(codes.length).toBeGreaterThan(1);
    expect(codes.filter((code) => typeof at(texts, `${path}.${code}`) !== 'string')).toEqual([]);
  });
});

/** What a field of the API may say. */
function codesOf(field: string): string[] {
  const [schema, property] = field.split('.') as [string, string];
  const codes: (string | null)[] = schemas[schema].properties[property].enum;
  return codes.filter((code) => code !== null);
}

const at = (texts: unknown, path: string): unknown =>
  path.split('.').reduce((part, name) => (part as Record<string, unknown> | undefined)?.[name], texts);

/** What Italian says of a part; plural forms count as one. */
function italian(part: string): Said {
  const texts = Object.entries(ITALIAN[part]!);
  return sorted(
    wordsOf(Object.fromEntries(texts.map(([code, text]) => [code.replace(/_(one|many|other)$/, ''), text]))),
  );
}

const wordsOf = (texts: Record<string, string>): Said =>
  Object.fromEntries(Object.entries(texts).map(([code, text]) => [code, placesOf(text)]));

const sorted = (said: Said): Said =>
  Object.fromEntries(
    Object.entries(said)
      .map(([code, places]) => [code, places.toSorted()] as const)
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );

/** Every rule that a body or a query may break. */
async function findRules(): Promise<Said> {
  for (const path of globSync('src/**/*.dto.ts', { cwd: ROOT })) await import(join(ROOT, path));
  const { validationMetadatas } = getMetadataStorage() as unknown as {
    validationMetadatas: Map<unknown, { type: string; name?: string; context?: { code: string } }[]>;
  };
  // What the configuration may break is told at the start, and in English alone.
  validationMetadatas.delete(Environment);
  const rules = [...validationMetadatas.values()].flat().filter(({ type }) => type !== 'conditionalValidation');
  const codes = rules.map(({ type, name, context }) => context?.code ?? name ?? type);
  return Object.fromEntries(['whitelistValidation', ...codes].map((code) => [code, RULE_ARGUMENTS[code] ?? []]));
}
