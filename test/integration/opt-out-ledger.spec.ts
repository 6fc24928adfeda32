import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '../../src/common/ids.js';
import {
  findOptedOut,
  isOptedOut,
  type NewOptOut,
  pairKey,
  recordOptOut,
} from '../../src/opt-outs/opt-outs.queries.js';
import { buildAccount, firstAccountId } from '../support/accounts.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { ledgerOf } from '../support/opt-outs.ts';

const OURS = '+15005550006';
const at = (second: number): Date => new Date(Date.UTC(2026, 10, 24, 10, 0, second));

describe('The ledger of opt-outs', () => {
  let app: TestApp;
  let accountId: string;
  let customers = 0;
  let customer: string;

  beforeAll(async () => {
    app = await startTestApp();
    accountId = await firstAccountId(app);
  });
  afterAll(() => app.stop());
  beforeEach(() => {
    customer = `+1500555${String(4000 + ++customers)}`;
  });

  const add = (row: Partial<NewOptOut>): Promise<void> =>
    recordOptOut(app.dataSource.manager, {
      accountId,
      customer,
      phoneNumber: OURS,
      kind: 'opted_out',
      source: 'keyword',
      ...row,
    });
  const stop = (second: number): Promise<void> => add({ inboundSmsId: newId(), at: at(second) });
  const start = (second: number): Promise<void> => add({ kind: 'opted_in', inboundSmsId: newId(), at: at(second) });
  const refusal = (second?: number): Promise<void> =>
    add({ source: 'twilio_21610', messageId: newId(), ...(second !== undefined && { at: at(second) }) });
  const stands = (): Promise<boolean> => isOptedOut(app.dataSource.manager, accountId, { customer, phoneNumber: OURS });

  test.each<[string, () => AsyncIterable<void>, string[], boolean]>([
    ['nothing', () => inOrder(), [], false],
    ['STOP', () => inOrder(() => stop(1)), ['keyword opted_out'], true],
    ['START alone', () => inOrder(() => start(1)), [], false],
    ['21610', () => inOrder(() => refusal()), ['twilio_21610 opted_out'], true],
    ['21610 twice', () => inOrder(refusal, refusal), ['twilio_21610 opted_out'], true],
    [
      '21610 after STOP',
      () =>
        inOrder(
          () => stop(1),
          () => refusal(2),
        ),
      ['keyword opted_out'],
      true,
    ],
    [
      'START after 21610',
      () =>
        inOrder(
          () => refusal(1),
          () => start(2),
        ),
      ['twilio_21610 opted_out', 'keyword opted_in'],
      false,
    ],
    [
      'STOP after 21610',
      () =>
        inOrder(
          () => refusal(1),
          () => stop(2),
        ),
      ['twilio_21610 opted_out', 'keyword opted_out'],
      true,
    ],
    [
      '21610 that was known after START, but asked for before',
      () =>
        inOrder(
          () => stop(1),
          () => start(3),
          () => refusal(2),
        ),
      ['keyword opted_out', 'keyword opted_in'],
      false,
    ],
    [
      'STOP that was known after START, but said before',
      () =>
        inOrder(
          () => stop(1),
          () => start(3),
          () => stop(2),
        ),
      ['keyword opted_out', 'keyword opted_in', 'keyword opted_out'],
      false,
    ],
  ])('after %s says how it stands', async (_, said, rows, optedOut) => {
    for await (const _done of said()) continue;
    expect((await ledgerOf(app, customer)).map(({ source, kind }) => `${source} ${kind}`)).toEqual(rows);
    expect(await stands()).toBe(optedOut);
  });

  async function* inOrder(...steps: (() => Promise<void>)[]): AsyncIterable<void> {
    for (const step of steps) yield await step();
  }

  test('tells the pairs of one account only, and only those asked for', async () => {
    const { id: other } = await buildAccount(app);
    await stop(1);
    await add({ customer: 'ACME BANK', inboundSmsId: newId() });
    const pairs = [
      { customer, phoneNumber: OURS },
      { customer, phoneNumber: '+15005550007' },
      { customer: 'ACME BANK', phoneNumber: OURS },
      { customer: 'ACME', phoneNumber: OURS },
      { customer, phoneNumber: OURS },
    ];
    const { manager } = app.dataSource;
    expect(await findOptedOut(manager, accountId, pairs)).toEqual(new Set([pairs[0]!, pairs[2]!].map(pairKey)));
    expect(await findOptedOut(manager, other, pairs)).toEqual(new Set());
    expect(await findOptedOut(manager, accountId, [])).toEqual(new Set());
  });

  test('has nothing of a transaction that is rolled back', async () => {
    const undone = app.dataSource.transaction(async (manager) => {
      const pair = { customer, phoneNumber: OURS };
      await recordOptOut(manager, { accountId, ...pair, kind: 'opted_out', source: 'twilio_21610' });
      expect(await isOptedOut(manager, accountId, pair)).toBe(true);
      throw new Error('on purpose');
    });
    await expect(undone).rejects.toThrow('on purpose');
    expect(await stands()).toBe(false);
  });
});
