import { describe, expect, test } from '@jest/globals';
import { findKeyword, type OwnWords } from './keywords.js';

const wordsIn = (language: string, words: Partial<OwnWords>): OwnWords => ({
  language,
  stopWords: [],
  startWords: [],
  helpWords: [],
  ...words,
});
const PORTUGUESE = wordsIn('pt-BR', { stopWords: ['PARAR', 'NÃO'], startWords: ['Voltar'], helpWords: ['AJUDA'] });
const TURKISH = wordsIn('tr-TR', { stopWords: ['İPTAL'], startWords: ['ısıtma'] });

const keywordOf = (body: string, own: OwnWords | null = null): string | null =>
  findKeyword({ body, optOutType: null }, own)?.keyword ?? null;

describe('findKeyword', () => {
  test.each([
    ['STOP', ['STOP', 'stopall', 'Unsubscribe', 'cAnCeL', ' END', 'quit ', '\trevoke\n', '  oPtOuT  ', 'stop\u00a0']],
    ['START', ['START', 'start', ' Unstop ', 'yes', '\nYES\n']],
    ['HELP', ['HELP', 'help', ' iNfO ']],
  ])('takes for %s: %j', (keyword, bodies) => {
    for (const body of bodies) expect([body, keywordOf(body)]).toEqual([body, keyword]);
  });

  const ordinary =
    'Stop please|STOP!|STOP.|"STOP"|STOP STOP|S T O P|ST OP|STOPS|NONSTOP|opt out|opt-out|stop all|yes please|ſtop|ＳＴＯＰ';
  test.each(['', ' ', 'unsubscrıbe', 'ALTO', ordinary.split('|')].flat())(
    'takes %j for no keyword, as Twilio does',
    (body) => {
      expect(keywordOf(body)).toBeNull();
    },
  );

  test.each([
    ['parar', PORTUGUESE, 'STOP'],
    ['  Parar ', PORTUGUESE, 'STOP'],
    ['não', PORTUGUESE, 'STOP'],
    ['não'.normalize('NFD'), PORTUGUESE, 'STOP'],
    ['NAO', PORTUGUESE, null],
    ['parar por favor', PORTUGUESE, null],
    ['VOLTAR', PORTUGUESE, 'START'],
    ['ajuda', PORTUGUESE, 'HELP'],
    ['stop', PORTUGUESE, 'STOP'],
    ['Yes', PORTUGUESE, 'START'],
    ['iptal', PORTUGUESE, null],
    ['iptal', TURKISH, 'STOP'],
    ['İptal', TURKISH, 'STOP'],
    ['ıptal', TURKISH, null],
    ['ISITMA', TURKISH, 'START'],
    ['QUIT', TURKISH, 'STOP'],
    ['parar', TURKISH, null],
    ['parar', null, null],
  ])('takes %j with the words of one language for %s', (body, own, keyword) => {
    expect(keywordOf(body, own)).toBe(keyword);
  });

  test.each([
    ['STOP', 'STOP', { keyword: 'STOP', source: 'opt_out_type', word: 'STOP' }],
    ['Genug jetzt', 'STOP', { keyword: 'STOP', source: 'opt_out_type', word: null }],
    ['stop', 'START', { keyword: 'START', source: 'opt_out_type', word: 'STOP' }],
    ['unstop', 'HELP', { keyword: 'HELP', source: 'opt_out_type', word: 'UNSTOP' }],
    ['Parar', 'HELP', { keyword: 'HELP', source: 'opt_out_type', word: 'PARAR' }],
    [' parar', null, { keyword: 'STOP', source: 'keyword', word: 'PARAR' }],
    [' sToPaLl ', null, { keyword: 'STOP', source: 'keyword', word: 'STOPALL' }],
  ] as const)('of %j with OptOutType %s says where it is from', (body, optOutType, found) => {
    expect(findKeyword({ body, optOutType }, PORTUGUESE)).toEqual(found);
  });
});
