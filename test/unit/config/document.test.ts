import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readDocument } from '../../../src/config/document.ts';
import { toDocument } from './samples.ts';

const content = (text: string) => {
  const reading = readDocument(text);
  return reading.kind === 'document' ? reading.document.content : reading;
};

describe('reading a YAML document', () => {
  test('plain values, mappings as Maps', () => {
    assert.deepEqual(
      content('a: 1\nb: [x, true, ~, -3]\nc: {d.e: "5"}\n'),
      toDocument({ a: 1, b: ['x', true, null, -3], c: { 'd.e': '5' } }),
    );
    assert.equal(content(''), null);
    assert.equal(content('# remark\n'), null);
    assert.deepEqual(content('{"a": [1, "1"]}'), toDocument({ a: [1, '1'] }));
  });

  test('numbers only in plain digits', () => {
    assert.deepEqual(content('[0x10, 1e3, 1.0, 007, 0o7, +5, 1_000, .5, .inf]'), [
      '0x10',
      '1e3',
      '1.0',
      '007',
      '0o7',
      '+5',
      '1_000',
      '.5',
      '.inf',
    ]);
  });

  test('keys are texts, whatever they look like', () => {
    const expected = new Map<string, unknown>([
      ['1', 'a'],
      ['true', 'b'],
      ['__proto__', new Map([['x', 1]])],
    ]);
    assert.deepEqual(content('1: a\ntrue: b\n__proto__: {x: 1}\n'), expected);
  });

  test('anchors for a few repeated parts', () => {
    assert.deepEqual(content('a: &x [1]\nb: *x\n'), toDocument({ a: [1], b: [1] }));
  });

  const refused: readonly (readonly [text: string, rule: RegExp, line?: number])[] = [
    ['a: 1\nb: 2\na: 3', /same key twice/, 3],
    ['1: a\n"1": b', /same key twice/, 2],
    ['{a: 1, a: 2}', /same key twice/, 1],
    ['a: 1\n---\nb: 2', /one YAML document/, 2],
    ['\ta: 1', /tab/, 1],
    ['a: "x', /not valid YAML/, 1],
    ['a: *x', /alias without its anchor/],
    ['a: !!binary aGk=', /tag/],
    ['a: !!str 5', /tag/],
    ['a: !x {}', /tag/, 1],
    ['? [1]\n: 2', /other than a text as a key/, 1],
    [`x: ${'['.repeat(70)}${']'.repeat(70)}`, /too deeply/],
    ['['.repeat(100_000), /not valid YAML/],
    ['a: &a [x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]', /too many aliases/],
  ];
  for (const [text, rule, line] of refused) {
    test(`refuses ${JSON.stringify(text.slice(0, 40))}`, () => {
      const reading = readDocument(text);
      assert.equal(reading.kind, 'broken');
      if (reading.kind !== 'broken') return;
      assert.match(reading.rule, rule);
      if (line !== undefined) assert.equal(reading.line, line);
    });
  }

  test('tells the line of each value', () => {
    const reading = readDocument('a: 1\nb:\n  c:\n    - 5\n  d: {e: 1}\n');
    assert.equal(reading.kind, 'document');
    if (reading.kind !== 'document') return;
    const { lineOf } = reading.document;
    assert.deepEqual([['a'], ['b', 'c'], ['b', 'd', 'e'], ['x'], ['a', 'x']].map(lineOf), [
      1,
      4,
      5,
      undefined,
      undefined,
    ]);
  });
});
