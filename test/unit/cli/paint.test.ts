import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { painter } from '../../../src/cli/paint.ts';

describe('colours', () => {
  test('are there on a terminal', () => {
    assert.equal(painter(true, { TERM: 'xterm' })('bad', 'gone'), '\u001b[31mgone\u001b[0m');
  });

  for (const [where, isTerminal, env] of [
    ['in a file or a pipe', false, {}],
    ['where NO_COLOR is set', true, { NO_COLOR: '1' }],
    ['on a terminal that can do nothing', true, { TERM: 'dumb' }],
  ] as const) {
    test(`are not there ${where}`, () => assert.equal(painter(isTerminal, env)('bad', 'gone'), 'gone'));
  }

  test('are there where NO_COLOR is empty, which means not set', () => {
    assert.notEqual(painter(true, { NO_COLOR: '' })('good', 'ok'), 'ok');
  });
});
