import { beforeAll, describe, expect, test } from '@jest/globals';
import { getMetadataStorage } from 'class-validator';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FRAMEWORK_CODES } from '../../src/common/problem-details.filter.js';
import { RULE_ARGUMENTS } from '../../src/common/validation.js';
import { UNREACHABLE } from '../../src/entry-points/webhook-url.js';
import { HEALTH_SENTENCES } from '../../src/health/health-sentences.js';
import { FETCH_FAILURES } from '../../src/media/fetch-failures.js';
import { KNOWN_ERRORS } from '../../src/twilio-integration/message-errors.js';
import { findProblemsInSource, placesOf } from '../support/problems-in-source.ts';

const ROOT = join(import.meta.dirname, '../..');
const readJson = (path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
const ITALIAN = readJson('console/src/service-texts/it.json') as Record<string, Record<string, string>>;
const BOARD = readJson('console/src/entry-points/it.json');
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
    expect(Object.keys(ITALIAN['messages']!)).toEqual(Object.keys(KNOWN_ERRORS));
    for (const said of Object.values(ITALIAN['messages']!)) {
      expect(said).toEqual({ text: expect.stringMatching(/\.$/), advice: expect.stringMatching(/\.$/) });
    }
  });

  test.each([
    ['what keeps SMS from an entry point', BOARD.webhook.problem, schemas.UnsetWebhookDto.properties.state.enum],
    ['what it did at Twilio', ITALIAN['webhookSteps']!, schemas.WebhookStepDto.properties.step.enum],
  ])('%s', (_, texts: object, codes: string[]) => expect(Object.keys(texts).toSorted()).toEqual(codes.toSorted()));
});

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
  const rules = [...validationMetadatas.values()].flat().filter(({ type }) => type !== 'conditionalValidation');
  const codes = rules.map(({ type, name, context }) => context?.code ?? name ?? type);
  return Object.fromEntries(['whitelistValidation', ...codes].map((code) => [code, RULE_ARGUMENTS[code] ?? []]));
}
