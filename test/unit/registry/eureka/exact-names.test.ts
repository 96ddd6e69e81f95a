import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exactNames } from '../../../../src/registry/eureka/exact-names.ts';
import type { ScopeRule } from '../../../../src/registry/scope.ts';

function rule(attributes: ScopeRule['attributes'], metadata: ScopeRule['metadata'] = {}): ScopeRule {
  return { attributes, metadata };
}

const cases: [what: string, include: readonly ScopeRule[], expected: readonly string[] | undefined][] = [
  ['no rule at all is the whole registry', [], undefined],
  [
    'names in upper case, each once, ordered',
    [rule({ app: ['pay', 'Orders'] }), rule({ app: ['ORDERS'] })],
    ['ORDERS', 'PAY'],
  ],
  ['further conditions only narrow it', [rule({ app: ['pay'], vip: ['x*'] }, { team: ['a'] })], ['PAY']],
  ['a glob', [rule({ app: ['pay*'] })], undefined],
  ['a glob beside a name', [rule({ app: ['orders', 'p?y'] })], undefined],
  ['braces', [rule({ app: ['{pay,orders}'] })], undefined],
  ['a rule without names', [rule({ app: ['pay'] }), rule({ group: ['g'] })], undefined],
  ['an empty list of names', [rule({ app: [] })], undefined],
  ['as many names as allowed', [rule({ app: ['a', 'b', 'c'] })], ['A', 'B', 'C']],
  ['one name too many', [rule({ app: ['a', 'b', 'c', 'd'] })], undefined],
];
for (const [what, include, expected] of cases) {
  test(`single applications are read only for a short list of exact names: ${what}`, () => {
    assert.deepEqual(exactNames({ include, exclude: [rule({ app: ['x*'] })] }, 3), expected);
  });
}
test('single applications are never read when that is turned off', () => {
  assert.equal(exactNames({ include: [rule({ app: ['a'] })], exclude: [] }, 0), undefined);
});
