import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createGate } from '../../../src/admit/gate.ts';
import type { Converted, ResourceName, ServiceEntrySpec } from '../../../src/convert/entry.ts';
import { type ServiceKey, serviceKey } from '../../../src/model/service.ts';
import { ENTRY, OPTIONS } from './scope-fixtures.ts';

interface Unit extends Partial<ServiceEntrySpec> {
  readonly id: string;
  readonly registry?: string;
  readonly name?: string;
}

/** A unit of its own in every respect but those that are given. */
function unit({ id, registry = 'eureka', name, ...spec }: Unit): Converted {
  const own = { hosts: [`${id}.shop.eureka`], addresses: [`241.0.0.${id.charCodeAt(0)}`], endpoints: [] };
  const entry = { ...ENTRY, name: `shop/main.${name ?? id}` as ResourceName, spec: { ...ENTRY.spec, ...own, ...spec } };
  return { services: [serviceKey(registry, id)], entry, problems: [] };
}

function admit(units: readonly Converted[], since: Readonly<Record<string, number>> = {}): readonly Converted[] {
  return createGate({ ...OPTIONS, virtualIps: ['241.0.0.0/8', '::/0'] }).admit(units, (key) => since[key] ?? 0);
}

/** The ids of those that are published. */
function winners(units: readonly Converted[], since: Readonly<Record<string, number>> = {}): string[] {
  return admit(units, since).flatMap(({ entry, services }) => (entry === undefined ? [] : services.map(idOf)));
}

function idOf(key: ServiceKey): string {
  return key.slice(key.indexOf('/') + 1);
}

const CLASHES: readonly (readonly [what: string, a: Partial<Unit>, b: Partial<Unit>, claim: string])[] = [
  ['a host', { hosts: ['x.shop.eureka'] }, { hosts: ['x.shop.eureka'] }, 'host x.shop.eureka'],
  ['a host in another spelling', { hosts: ['x.shop.eureka'] }, { hosts: ['X.SHOP.eureka.'] }, 'host x.shop.eureka'],
  [
    'one host of several',
    { hosts: ['x.shop.eureka'] },
    { hosts: ['y.shop.eureka', 'x.shop.eureka'] },
    'host x.shop.eureka',
  ],
  ['a resource name', { name: 'same' }, { name: 'same' }, 'name shop/main.same'],
  ['an address and port', { addresses: ['241.1.1.1'] }, { addresses: ['241.1.1.1'] }, 'address 241.1.1.1, port 80'],
  [
    'an address in its IPv6 form',
    { addresses: ['241.1.1.1'] },
    { addresses: ['::ffff:f101:101'] },
    'address 241.1.1.1, port 80',
  ],
  [
    'an IPv6 address in another spelling',
    { addresses: ['fd00::1'] },
    { addresses: ['FD00:0::0:1'] },
    'address fd00::1, port 80',
  ],
  [
    'one port of several at one address',
    { addresses: ['241.1.1.1'] },
    { addresses: ['241.1.1.1'], ports: [9000, 80].map((number) => ({ number, protocol: 'HTTP', name: `p${number}` })) },
    'address 241.1.1.1, port 80',
  ],
];

describe('of two services that claim', () => {
  for (const [what, first, second, claim] of CLASHES) {
    test(`${what}, the one that has been present longer keeps it, whatever the order and the registry`, () => {
      const a = unit({ id: 'a', ...first });
      const b = unit({ id: 'b', registry: 'legacy', ...second });
      for (const units of [
        [a, b],
        [b, a],
      ]) {
        assert.deepEqual(winners(units, { 'eureka/a': 1, 'legacy/b': 2 }), ['a']);
        assert.deepEqual(winners(units, { 'eureka/a': 2, 'legacy/b': 1 }), ['b']);
        assert.deepEqual(winners(units), ['a'], 'of those that came together the first by key');
      }
      const told = admit([a, b], { 'eureka/a': 1, 'legacy/b': 2 })[1]?.problems;
      assert.deepEqual(
        told?.map(({ code, registry, service, value }) => [code, registry, service, value]),
        [['CLAIMED_TWICE', 'legacy', 'b', `${claim} (eureka/a)`]],
      );
    });
  }

  test('the same, a joined entry is as old as its oldest service', () => {
    const a = {
      ...unit({ id: 'a', hosts: ['x.shop.eureka'] }),
      services: [serviceKey('eureka', 'a'), serviceKey('legacy', 'old')],
    };
    const b = unit({ id: 'b', hosts: ['x.shop.eureka'] });
    assert.deepEqual(winners([a, b], { 'eureka/a': 9, 'eureka/b': 5, 'legacy/old': 1 }), ['a', 'old']);
    assert.equal(
      admit([a, b], { 'eureka/a': 9, 'eureka/b': 5, 'legacy/old': 7 })[0]?.problems.length,
      2,
      'each is told',
    );
  });

  test('the same, who is refused stands in nobody else’s way', () => {
    const a = unit({ id: 'a', hosts: ['x.shop.eureka'] });
    const b = unit({ id: 'b', hosts: ['x.shop.eureka'], addresses: ['241.1.1.1'] });
    const c = unit({ id: 'c', addresses: ['241.1.1.1'] });
    assert.deepEqual(winners([a, b, c]), ['a', 'c']);
  });

  test('the same, one that the gate refuses for something else claims nothing', () => {
    const a = unit({ id: 'a', hosts: ['x.shop.eureka'], exportTo: ['*'] });
    const b = unit({ id: 'b', hosts: ['x.shop.eureka'] });
    assert.deepEqual(winners([a, b]), ['b']);
  });
});

describe('no claim is', () => {
  test('another port of the same address', () => {
    const at = (number: number) => ({ addresses: ['241.1.1.1'], ports: [{ number, protocol: 'HTTP', name: 'http' }] });
    assert.deepEqual(winners([unit({ id: 'a', ...at(80) }), unit({ id: 'b', ...at(9000) })]), ['a', 'b']);
  });

  test('an endpoint: one process can be registered under two names, and each name finds it', () => {
    const same = { endpoints: [{ address: '10.0.0.1', ports: { http: 8080 } }] };
    const units = [unit({ id: 'a', ...same }), unit({ id: 'b', registry: 'legacy', ...same })];
    const answer = admit(units);
    assert.deepEqual(answer, units);
    for (const [place, one] of answer.entries()) assert.equal(one, units[place]);
  });

  test('what an entry says twice itself', () => {
    const twice = { hosts: ['x.shop.eureka', 'X.shop.eureka'], addresses: ['241.1.1.1', '::ffff:241.1.1.1'] };
    assert.deepEqual(winners([unit({ id: 'a', ...twice })]), ['a']);
  });
});
