import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { ScopeOptions, ScopeRule } from '../../../../src/registry/scope.ts';
import { createScope } from '../../../../src/registry/scope.ts';
import { mayHoldServices } from '../../../../src/registry/spring-cloud-zookeeper/service-subtree.ts';
import { anInstance } from '../../../fakes/model-values.ts';

const ofServices = (...service: string[]): ScopeRule => ({ attributes: { service }, metadata: {} });
const ofTeam = (team: string, ...service: string[]): ScopeRule => ({
  attributes: service.length === 0 ? {} : { service },
  metadata: { team: [team] },
});

describe('a directory can hold services in scope', () => {
  const cases: [include: ScopeRule[], path: string, expected: boolean][] = [
    [[], 'io', true],
    [[ofServices('orders')], 'orders', true],
    [[ofServices('Orders')], 'oRDERS', true],
    [[ofServices('orders')], 'orders/v2', false],
    [[ofServices('orders')], 'order', false],
    [[ofServices('orders')], 'orders-archive', false],
    [[ofServices('io/acme/orders')], 'io', true],
    [[ofServices('io/acme/orders')], 'io/acme', true],
    [[ofServices('io/acme/orders')], 'io/acme/orders', true],
    [[ofServices('io/acme/orders')], 'io/ac', false],
    [[ofServices('io/acme/orders')], 'io/other', false],
    [[ofServices('io/acme/orders')], 'i', false],
    [[ofServices('io/acme/*')], 'io', true],
    [[ofServices('io/acme/*')], 'IO/Acme', true],
    [[ofServices('io/acme/*')], 'io/acme/orders/eu', true],
    [[ofServices('io/acme/*')], 'io/other', false],
    [[ofServices('io/acme/*')], 'iot', false],
    [[ofServices('orders*')], 'orders-eu', true],
    [[ofServices('orders*')], 'order', false],
    [[ofServices('orders?')], 'orders', true],
    [[ofServices('*')], 'io', true],
    [[ofServices('*-eu')], 'io', true],
    [[ofServices('{orders,stock}')], 'billing', true],
    [[ofServices('[a-m]*')], 'orders', true],
    [[ofServices()], 'orders', false],
    [[ofServices('stock', 'orders')], 'orders', true],
    [[ofServices('stock'), ofServices('orders')], 'orders', true],
    [[ofServices('stock'), ofServices('orders')], 'billing', false],
    [[ofTeam('pay')], 'orders', true],
    [[ofTeam('pay', 'stock')], 'orders', false],
  ];
  for (const [include, path, expected] of cases) {
    const scope = JSON.stringify(include.map(({ attributes, metadata }) => ({ ...attributes, ...metadata })));
    test(`${path}: ${expected} for ${scope}`, () =>
      assert.equal(mayHoldServices({ include, exclude: [] })(path), expected));
  }
});

describe('a directory is left out because of an exclude rule', () => {
  const cases: [exclude: ScopeRule[], path: string, expected: boolean][] = [
    [[ofServices('legacy-*')], 'legacy-batch', true],
    [[ofServices('Legacy-*')], 'legacy-BATCH/v1', true],
    [[ofServices('legacy-*')], 'legacy', false],
    [[ofServices('legacy')], 'legacy', false],
    [[ofServices('*-batch')], 'legacy-batch', false],
    [[ofServices('io/*')], 'io', false],
    [[ofServices('io/*')], 'io/acme', true],
    [[ofServices('*')], 'orders', true],
    [[ofTeam('batch', 'legacy-*')], 'legacy-batch', false],
    [[{ attributes: { service: ['legacy-*'], zone: ['a'] }, metadata: {} }], 'legacy-batch', false],
  ];
  for (const [exclude, path, expected] of cases) {
    const scope = JSON.stringify(exclude.map(({ attributes, metadata }) => ({ ...attributes, ...metadata })));
    test(`${path}: ${expected} for ${scope}`, () =>
      assert.equal(mayHoldServices({ include: [ofServices('*')], exclude })(path), !expected));
  }
});

test('nothing in scope is ever in a directory that is left out', () => {
  const segment = fc.constantFrom('a', 'b', 'ab', 'A-b');
  const name = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'));
  const pattern = fc
    .array(fc.constantFrom('a', 'b', 'A-b', '/', '*', '?', '[ab]', '[!a]', '{a,b}', '{'), { maxLength: 5 })
    .map((parts) => parts.join(''));
  const rule: fc.Arbitrary<ScopeRule> = fc.record({
    attributes: fc.oneof(
      fc.constant({}),
      fc.array(pattern, { maxLength: 2 }).map((service) => ({ service })),
    ),
    metadata: fc.constantFrom({}, { team: ['pay'] }),
  });
  const rules = fc.array(rule, { maxLength: 2 });
  const scopes: fc.Arbitrary<ScopeOptions> = fc.record({ include: rules, exclude: rules });
  fc.assert(
    fc.property(scopes, name, fc.constantFrom('pay', 'stock'), (scope, service, team) => {
      const attributes = new Map([['service', [service]]]);
      const instance = anInstance({ attributes, metadata: new Map([['team', team]]) });
      fc.pre(createScope(scope)(instance));
      const mayHold = mayHoldServices(scope);
      const segments = service.split('/');
      for (let end = 1; end <= segments.length; end++) assert.ok(mayHold(segments.slice(0, end).join('/')));
    }),
  );
});
