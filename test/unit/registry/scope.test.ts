import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  couldMatch,
  createScope,
  isWholeRegistry,
  judgeScope,
  leftOutByAttribute,
  type ScopeRule,
  type ScopeVerdict,
} from '../../../src/registry/scope.ts';
import { anInstance } from '../../fakes/model-values.ts';

const orders = anInstance({
  attributes: new Map([
    ['app', ['ORDERS']],
    ['vip', ['orders', 'orders-v2.shop']],
  ]),
  metadata: new Map([
    ['team', 'payments'],
    ['zone', 'eu-1'],
  ]),
});

const rule = (attributes: ScopeRule['attributes'], metadata: ScopeRule['metadata'] = {}): ScopeRule => ({
  attributes,
  metadata,
});

describe('the scope', () => {
  const rows: readonly (readonly [
    promise: string,
    include: readonly ScopeRule[],
    exclude: readonly ScopeRule[],
    isIn: boolean,
  ])[] = [
    ['holds everything without rules', [], [], true],
    ['holds an exact name, without regard to case', [rule({ app: ['orders'] })], [], true],
    ['holds a name that a glob matches', [rule({ app: ['ord*'] })], [], true],
    ['leaves out what no rule names', [rule({ app: ['carts'] })], [], false],
    ['asks for one of several values', [rule({ app: ['carts', 'orders'] })], [], true],
    ['is content with one of several values of the instance', [rule({ vip: ['*.shop'] })], [], true],
    ['wants all conditions of a rule', [rule({ app: ['orders'], vip: ['other'] })], [], false],
    ['wants metadata beside attributes', [rule({ app: ['orders'] }, { team: ['shipping'] })], [], false],
    ['is content with one rule of several', [rule({ app: ['carts'] }), rule({}, { team: ['payments'] })], [], true],
    ['compares metadata exactly', [rule({}, { team: ['Payments'] })], [], false],
    ['knows no globs in metadata', [rule({}, { team: ['pay*'] })], [], false],
    ['leaves out an instance that lacks the attribute', [rule({ group: ['*'] })], [], false],
    ['leaves out an instance that lacks the metadata key', [rule({}, { stage: ['prod'] })], [], false],
    ['lets exclude decide first', [rule({ app: ['orders'] })], [rule({}, { zone: ['eu-1'] })], false],
    ['excludes nothing by a rule about what the instance lacks', [], [rule({ group: ['*'] })], true],
    ['excludes only where the whole rule holds', [], [rule({ app: ['orders'] }, { zone: ['eu-2'] })], true],
    ['matches nothing by an empty list of values', [rule({ app: [] })], [], false],
    ['holds everything by a rule without conditions', [rule({})], [], true],
  ];
  for (const [promise, include, exclude, isIn] of rows) {
    test(promise, () => assert.equal(createScope({ include, exclude })(orders), isIn));
  }

  test('is not fooled by names that objects have of themselves', () => {
    assert.equal(createScope({ include: [rule({ constructor: ['*'] })], exclude: [] })(orders), false);
    assert.equal(createScope({ include: [rule({}, { constructor: ['x'] })], exclude: [] })(orders), false);
  });

  test('says when it leaves nothing out', () => {
    assert.equal(isWholeRegistry({ include: [], exclude: [] }), true);
    assert.equal(isWholeRegistry({ include: [rule({})], exclude: [] }), false);
    assert.equal(isWholeRegistry({ include: [], exclude: [rule({})] }), false);
  });
});

describe('what an instance with one known attribute could be', () => {
  const rows: readonly (readonly [
    promise: string,
    include: readonly ScopeRule[],
    exclude: readonly ScopeRule[],
    could: boolean,
  ])[] = [
    ['anything without rules', [], [], true],
    ['in scope by its name', [rule({ app: ['ord*'] })], [], true],
    ['in scope by a rule that does not ask for it', [rule({ vip: ['x'] })], [], true],
    ['in scope by a rule about metadata', [rule({}, { team: ['payments'] })], [], true],
    ['in scope where the rest of the rule is not known', [rule({ app: ['orders'], vip: ['x'] })], [], true],
    ['in scope by one rule of several', [rule({ app: ['carts'] }), rule({ vip: ['x'] })], [], true],
    ['nothing where every rule names others', [rule({ app: ['carts'] }), rule({ app: ['b'], vip: ['x'] })], [], false],
    ['nothing where the rule allows no value', [rule({ app: [] })], [], false],
    ['nothing where it is excluded by its name', [], [rule({ app: ['orders'] })], false],
    ['nothing where everything is excluded', [], [rule({})], false],
    ['in scope where more is needed to exclude it', [], [rule({ app: ['orders'], vip: ['x'] })], true],
    ['in scope where metadata is needed to exclude it', [], [rule({ app: ['orders'] }, { zone: ['z'] })], true],
    ['in scope where another name is excluded', [], [rule({ app: ['carts'] })], true],
    ['nothing where it is excluded although it is included', [rule({ app: ['*'] })], [rule({ app: ['o*'] })], false],
  ];
  for (const [promise, include, exclude, could] of rows) {
    test(promise, () => assert.equal(couldMatch({ include, exclude }, 'app')('ORDERS'), could));
  }

  test('is not fooled by names that objects have of themselves', () => {
    assert.equal(couldMatch({ include: [rule({})], exclude: [] }, 'constructor')('x'), true);
  });
});

describe('what the scope says of an instance, and which rule decided', () => {
  const carts = rule({ app: ['carts'] });
  const ordersRule = rule({ app: ['ord*'] });
  const payments = rule({}, { team: ['payments'] });
  const rows: readonly (readonly [
    what: string,
    include: readonly ScopeRule[],
    exclude: readonly ScopeRule[],
    verdict: ScopeVerdict,
  ])[] = [
    ['without rules it is in scope, by no rule', [], [], { kind: 'in-scope', rule: undefined }],
    ['with exclude rules that do not hold as well', [], [carts], { kind: 'in-scope', rule: undefined }],
    [
      'it is in scope by the first rule that holds',
      [carts, ordersRule, payments],
      [],
      { kind: 'in-scope', rule: { number: 2, asks: ordersRule } },
    ],
    ['it is not included where no rule holds', [carts, carts], [], { kind: 'not-included' }],
    [
      'it is excluded by the first rule that holds',
      [],
      [carts, payments, ordersRule],
      { kind: 'excluded', rule: { number: 2, asks: payments } },
    ],
    [
      'exclude decides before include',
      [ordersRule],
      [payments],
      { kind: 'excluded', rule: { number: 1, asks: payments } },
    ],
    [
      'exclude decides also where nothing includes it',
      [carts],
      [payments],
      { kind: 'excluded', rule: { number: 1, asks: payments } },
    ],
  ];
  for (const [what, include, exclude, verdict] of rows) {
    test(what, () => assert.deepEqual(judgeScope({ include, exclude })(orders), verdict));
  }

  test('equal verdicts are one object', () => {
    const judge = judgeScope({ include: [carts], exclude: [payments] });
    assert.equal(judge(orders), judge(anInstance({ metadata: new Map([['team', 'payments']]) })));
    assert.equal(judge(anInstance()), judge(anInstance({ id: 'other' })));
  });

  test('of an instance of which one attribute is known, a rule about more than that excludes nothing', () => {
    const asksForMore = rule({ app: ['orders'], vip: ['x'] });
    const leftOut = leftOutByAttribute({ include: [], exclude: [asksForMore, ordersRule] }, 'app');
    assert.deepEqual(leftOut('ORDERS'), { kind: 'excluded', rule: { number: 2, asks: ordersRule } });
    assert.equal(leftOut('stock'), undefined);
    assert.deepEqual(leftOutByAttribute({ include: [carts], exclude: [] }, 'app')('ORDERS'), { kind: 'not-included' });
  });
});
