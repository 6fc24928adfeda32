import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { EMPTY_TWIML, refusalTwiml } from './twiml.js';

const REFUSAL = /^<\?xml version="1\.0" encoding="UTF-8"\?><Response><!--((?:(?!--)[^])*)--><\/Response>$/;

describe('TwiML', () => {
  test('for an accepted SMS is empty', () => {
    expect(EMPTY_TWIML).toBe('<?xml version="1.0" encoding="UTF-8"?><Response/>');
  });

  test.each([
    ['a sentence', 'Set the webhook again.', ' Set the webhook again. '],
    ['the end of a comment', '--><Message>Hi</Message>', ' - -><Message>Hi</Message> '],
    ['many hyphens', '--->', ' - - -> '],
    ['a hyphen at the end', 'a-', ' a- '],
    ['characters that XML does not allow', 'a\0b\u{FFFE}😀', ' a\u{FFFD}b\u{FFFD}😀 '],
  ])('for a refusal is only a comment: %s', (_, reason, comment) => {
    expect(REFUSAL.exec(refusalTwiml(reason))?.[1]).toBe(comment);
  });

  test('for a refusal is only a comment, whatever the reason', () => {
    const unit = fc.oneof(
      fc.constantFrom('-', '>', '<', '!', '<Message>'),
      fc.string({ unit: 'binary', maxLength: 1 }),
    );
    fc.assert(
      fc.property(
        fc.array(unit).map((parts) => parts.join('')),
        (reason) => {
          expect(refusalTwiml(reason)).toMatch(REFUSAL);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
