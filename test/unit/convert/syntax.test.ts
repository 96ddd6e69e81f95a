import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as syntax from '../../../src/convert/syntax.ts';

const LONG = 'a'.repeat(63);

interface Row {
  readonly judge: (text: string) => boolean;
  readonly yes: readonly string[];
  readonly no: readonly string[];
}

const NO_LABELS = ['', '-a', 'a-', 'a_b', 'a.b', 'é', 'a b', 'a\n', `${LONG}a`];

const ROWS: Readonly<Record<string, Row>> = {
  isDns1123Label: { judge: syntax.isDns1123Label, yes: ['a', 'A', '0', 'a--b', LONG], no: NO_LABELS },
  isKubernetesLabel: { judge: syntax.isKubernetesLabel, yes: ['a', '0', 'a--b', LONG], no: [...NO_LABELS, 'A'] },
  isPortName: { judge: syntax.isPortName, yes: ['http', 'Http-2', LONG], no: NO_LABELS },
  isWildcardDns1123Label: {
    judge: syntax.isWildcardDns1123Label,
    yes: ['*', '*a', '*-a', 'a', LONG],
    no: [...NO_LABELS, '**', '*-', 'a*', `*${LONG}`],
  },
  isDns1123Subdomain: {
    judge: syntax.isDns1123Subdomain,
    yes: ['a', 'a.b-c.0', `${'a'.repeat(251)}.b`],
    no: ['', 'A.b', 'a..b', 'a.', '.a', 'a.-b', `${'a'.repeat(252)}.b`],
  },
  isHost: {
    judge: syntax.isHost,
    yes: ['a', 'A.b', 'a.b.', '1.a', '1.2.3.4.', 'a.9223372036854775808', `${`${LONG}.`.repeat(3)}${LONG}`],
    no: [
      '',
      '.',
      'a..',
      'a..b',
      '.a',
      '*.a',
      'a_b.c',
      '1',
      '1.2.3.4',
      'a.9223372036854775807',
      `a.${LONG}a`,
      `${`${LONG}.`.repeat(4)}`,
    ],
  },
  isWildcardHost: {
    judge: syntax.isWildcardHost,
    yes: [`*.${`${LONG}.`.repeat(3)}${LONG.slice(2)}`, '*', '*.a', '*a.b', '*-a.b', 'a.b', '1', '*.', 'a.', 'a.b.'],
    no: ['', '.', 'a.*', '*.*', '**.a', 'a..', '*.1', '1.2.3.4', `*${LONG}.a`, `${`${LONG}.`.repeat(4)}`],
  },
  isLabelKey: {
    judge: syntax.isLabelKey,
    yes: ['a', 'a.b_c-d', 'A.b/c', 'a/b', LONG, `${'a'.repeat(253)}/b`, `a/${LONG}`, 'a__b'],
    no: [
      '',
      '/',
      'a/',
      '/a',
      'a/b/c',
      '_a',
      'a_',
      'a_b/c',
      'a..b/c',
      `${'a'.repeat(254)}/b`,
      `a/${LONG}a`,
      '__proto__',
      'a b',
      'é',
    ],
  },
  isLabelValue: {
    judge: syntax.isLabelValue,
    yes: ['', 'a', 'a.b_c-d', 'A', 'a'.repeat(300)],
    no: ['-', '_a', 'a_', 'a,b', 'a=b', 'a/b', 'a b', 'é', 'a\n'],
  },
  isKubernetesLabelKey: { judge: syntax.isKubernetesLabelKey, yes: ['a', 'A', 'a.b/C'], no: ['', 'A.b/c', '/a', 'a/'] },
  isKubernetesLabelValue: { judge: syntax.isKubernetesLabelValue, yes: ['', LONG], no: [`${LONG}a`, 'a/b'] },
  isWellFormed: { judge: syntax.isWellFormed, yes: ['', 'é😀\0'], no: ['\ud800', 'a\udc00b', '\udc00\ud800'] },
};

for (const [name, { judge, yes, no }] of Object.entries(ROWS)) {
  describe(name, () => {
    for (const text of yes) test(`accepts ${JSON.stringify(text)}`, () => assert.equal(judge(text), true));
    for (const text of no) test(`refuses ${JSON.stringify(text)}`, () => assert.equal(judge(text), false));
    test('answers on ten million characters', () => {
      for (const text of ['a', '.', '-', '*', 'a.', 'a/', '1']) judge(`${text.repeat(10_000_000 / text.length)}-`);
    });
  });
}

test('a label key is split at its first slash', () => {
  assert.deepEqual(syntax.splitLabelKey('a/b/c'), ['a', 'b/c']);
  assert.deepEqual(syntax.splitLabelKey('a'), [undefined, 'a']);
});
