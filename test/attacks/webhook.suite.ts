import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { answersOf, countOf, type Outcome, type Rows, WebhookAttack } from './webhook-attack.ts';
import { FORGERIES } from './forgeries.ts';
import { NONSENSE } from './nonsense.ts';
import { CUT } from './raw-request.ts';
import { reportFigure } from '../support/figure.ts';

const SEED = Number(process.env['ATTACKS_SEED'] ?? Date.now() % 1_000_000_000);
const NO_ROWS: Rows = { sms: 0, quarantined: 0, messages: 0, contacts: 0, events: 0 };

const isTaken = (status: number): boolean => status >= 200 && status < 300;
const isBroken = (status: number): boolean => status >= 500;

/**
 * Attacks the webhook with forged requests, and shows that genuine ones still get in.
 * @param count how many requests of each kind
 */
export function describeWebhookAttacks(count: number): void {
  const timeoutMs = 120_000 + count * 60;
  const outcomes: Record<string, Outcome> = {};
  let attack: WebhookAttack;

  beforeAll(async () => {
    attack = await WebhookAttack.prepare();
  });
  afterAll(async () => {
    await attack?.stop();
    reportFigure(closingLine(outcomes));
  });

  /** So that what failed can be tried again. */
  const label = (what: string): string => `${what} (ATTACKS_SEED=${SEED})`;

  test(
    label(`Nothing forged gets in, leaves a row, or breaks the service`),
    async () => {
      const forged = (outcomes['forged'] = await attack.forge(count, SEED));
      expect(answersOf(forged, isTaken)).toEqual({});
      expect(answersOf(forged, isBroken)).toEqual({});
      expect(forged.rows).toEqual(NO_ROWS);
      // Well-formed requests get an answer; only what floods, or is no HTTP, may be cut off.
      const cut = Object.keys(answersOf(forged, (status) => status === CUT)).map((answer) => answer.split(': ')[0]!);
      const mayBeCut = new Set([
        ...Object.keys(NONSENSE),
        'a form of many KiB',
        'with headers of 20 KiB',
        'with a thousand headers',
      ]);
      expect(cut.filter((kind) => !mayBeCut.has(kind))).toEqual([]);
      expect(Object.keys(FORGERIES).length + Object.keys(NONSENSE).length).toBeGreaterThan(100);
    },
    timeoutMs,
  );

  test(
    label('Nothing genuine is refused, straight or through a proxy that ends TLS, whatever Host its headers claim'),
    async () => {
      const genuine = (outcomes['genuine'] = await attack.text(count, SEED));
      expect(answersOf(genuine, (status) => status !== 200)).toEqual({});
      expect(genuine.rows).toMatchObject({ sms: count, quarantined: 0 });
    },
    timeoutMs,
  );

  test(
    label('What came once and comes again is answered 200, and changes nothing'),
    async () => {
      const replayed = (outcomes['replayed'] = await attack.text(count, SEED));
      expect(answersOf(replayed, (status) => status !== 200)).toEqual({});
      expect(replayed.rows).toEqual(NO_ROWS);
    },
    timeoutMs,
  );

  test(
    label('What keeps a right signature by shifting letters between names and values never becomes an SMS'),
    async () => {
      const shifted = (outcomes['shifted'] = await attack.shift(Math.ceil(count / 10), SEED));
      expect(answersOf(shifted, isBroken)).toEqual({});
      expect(shifted.rows).toMatchObject({ ...NO_ROWS, quarantined: expect.any(Number) });
      // Most get as far as the journal: the signature alone would not have stopped them.
      expect(countOf(shifted, isTaken)).toBeGreaterThan(0);
    },
    timeoutMs,
  );
}

function closingLine(outcomes: Record<string, Outcome>): string {
  const { forged, genuine, replayed, shifted } = outcomes;
  const sum = ({ rows }: Outcome): number => Object.values(rows).reduce((all, n) => all + n, 0);
  const count = (outcome: Outcome | undefined, words: (outcome: Outcome) => string): string =>
    outcome === undefined ? 'not run' : `${outcome.tried}: ${words(outcome)}`;
  return [
    `forged ${count(forged, (all) => `accepted ${countOf(all, isTaken)}, rows ${sum(all)}, 5xx ${countOf(all, isBroken)}`)}`,
    `genuine ${count(genuine, (all) => `refused ${countOf(all, (status) => status !== 200)}`)}`,
    `replayed ${count(replayed, (all) => `new rows ${sum(all)}`)}`,
    `shifted ${count(shifted, ({ rows }) => `new SMS ${rows.sms + rows.messages}`)}`,
  ].join('; ');
}
