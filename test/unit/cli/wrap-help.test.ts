import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { wrapHelp } from '../../../src/cli/wrap-help.ts';

describe('a help text in a narrow terminal', () => {
  for (const [what, text, expected] of [
    ['has its prose filled anew', 'one two three\nfour five', 'one two\nthree four\nfive'],
    ['keeps paragraphs apart', 'one\n\ntwo', 'one\n\ntwo'],
    ['keeps what fits', '  a --b  c', '  a --b  c'],
    ['has a comment that does not fit below its example', '  a --b   c d e f', '  a --b\n      c d\n      e f'],
    ['has a comment of a line of its own moved to the left', '            c d e f', '      c d\n      e f'],
    ['does not break an example', '  footbridge dump', '  footbridge dump'],
    ['does not break a word', 'https://example.org/a', 'https://example.org/a'],
  ] as const) {
    test(what, () => assert.equal(wrapHelp(text, 10), expected));
  }
});
