import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { compileGlobs } from '../../../src/lib/globs.ts';

describe('a glob', () => {
  const rows: readonly (readonly [pattern: string, text: string, matches: boolean])[] = [
    ['orders', 'orders', true],
    ['orders', 'ORDERS', true],
    ['orders', 'orders-1', false],
    ['*', '', true],
    ['*', 'a/b.c\nd', true],
    ['*', '.hidden', true],
    ['a*', 'a/', true],
    ['a*', './a', false],
    ['*/orders', 'eureka/orders', true],
    ['orders-*', 'orders', false],
    ['*-api', 'x-api-y-api', true],
    ['a*b*c', 'a1b2b3c', true],
    ['a*b*c', 'a1c2b', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['?', '/', true],
    ['a.b', 'axb', false],
    ['[ab]c', 'bc', true],
    ['[a-c]x', 'bx', true],
    ['[a-c]x', 'dx', false],
    ['[!a-c]x', 'dx', true],
    ['[!a-c]x', 'ax', false],
    ['{orders,bills}-*', 'bills-1', true],
    ['{orders,bills}-*', 'carts-1', false],
    ['{a,b}{c,d}', 'bc', true],
    ['{a}', '{a}', true],
    ['!a', 'b', false],
    ['!a', '!a', true],
    ['a(b)', 'a(b)', true],
    ['a[1]', 'a[1]', true],
    ['a+', 'aaa', false],
    ['', '', false],
  ];
  for (const [pattern, text, matches] of rows) {
    test(`${pattern} ${matches ? 'matches' : 'does not match'} ${JSON.stringify(text)}`, () => {
      assert.equal(compileGlobs([pattern])(text), matches);
    });
  }

  test('minds the case where it is told to', () => {
    assert.equal(compileGlobs(['Orders*'], { caseSensitive: true })('orders-1'), false);
    assert.equal(compileGlobs(['Orders*'], { caseSensitive: true })('Orders-1'), true);
  });

  test('with many stars is answered at once for the longest of names', { timeout: 20_000 }, () => {
    assert.equal(compileGlobs(['*a*a*a*a*a*a*a*a*b'])('a'.repeat(100_000)), false);
  });

  test('with absurdly many braces is taken as it is written', () => {
    assert.equal(compileGlobs(['{a,b}'.repeat(20)])('a'.repeat(20)), false);
  });

  test('agrees with the obvious regular expression', () => {
    const letters = (alphabet: string) =>
      fc.array(fc.constantFrom(...alphabet), { maxLength: 8 }).map((all) => all.join(''));
    fc.assert(
      fc.property(letters('ab*?'), letters('abc'), (pattern, text) => {
        const expression = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);
        assert.equal(compileGlobs([pattern])(text), pattern !== '' && expression.test(text));
      }),
      { numRuns: 2000 },
    );
  });
});
