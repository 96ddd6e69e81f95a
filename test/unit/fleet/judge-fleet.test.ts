// What bridges of one fleet claim twice, with their owners.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { judgeFleet } from '../../../src/fleet/judge-fleet.ts';
import type { FleetEntry, FleetMember } from '../../../src/fleet/read-fleet.ts';

function entry(name: string, host: string, ...addresses: readonly string[]): FleetEntry {
  return { name, hosts: [host], addresses };
}

function member(address: string, ...entries: readonly FleetEntry[]): FleetMember {
  const owners = [...new Set(entries.map(({ name }) => name.replace(/\..*/, '')))];
  return { address, outcome: { kind: 'read', owners, entries } };
}

function found(...members: readonly FleetMember[]): readonly string[] {
  return judgeFleet(members).map(({ code, subject }) => `${code} ${subject}`);
}

const ORDERS = entry('shop/a.eureka.orders', 'orders.shop.eureka', '241.0.0.1');

describe('bridges', () => {
  test('with names, hosts and addresses of their own are well', () =>
    assert.deepEqual(
      found(
        member('xds://a:1', ORDERS),
        member('xds://b:1', entry('pay/b.eureka.bills', 'bills.pay.eureka', '241.0.0.2')),
      ),
      [],
    ));

  test('may each say a thing twice themselves: that is for their own checks', () =>
    assert.deepEqual(found(member('xds://a:1', ORDERS, ORDERS)), []));

  test('with one identity are told with the names that they share', () =>
    assert.deepEqual(found(member('xds://a:1', ORDERS), member('xds://b:1', ORDERS)), [
      'IDENTITY_SHARED shop/a (xds://a:1, xds://b:1)',
      'NAME_CLAIMED_TWICE shop/a.eureka.orders (shop/a.eureka.orders of xds://a:1, shop/a.eureka.orders of xds://b:1)',
      'HOST_JOINED orders.shop.eureka (shop/a.eureka.orders of xds://a:1, shop/a.eureka.orders of xds://b:1)',
    ]));

  test('with one host in one namespace are joined, in two it is each caller his own', () => {
    const other = (namespace: string) => entry(`${namespace}/b.eureka.orders`, 'orders.shop.eureka', '241.0.0.1');
    const owners = (namespace: string) =>
      `(shop/a.eureka.orders of xds://a:1, ${namespace}/b.eureka.orders of xds://b:1)`;
    assert.deepEqual(found(member('xds://a:1', ORDERS), member('xds://b:1', other('shop'))), [
      `HOST_JOINED orders.shop.eureka ${owners('shop')}`,
    ]);
    assert.deepEqual(found(member('xds://a:1', ORDERS), member('xds://b:1', other('pay'))), [
      `HOST_CLAIMED_TWICE orders.shop.eureka ${owners('pay')}`,
    ]);
  });

  test('with one virtual IP for two hosts are told', () =>
    assert.deepEqual(
      found(
        member('xds://a:1', ORDERS),
        member('xds://b:1', entry('pay/b.eureka.bills', 'bills.pay.eureka', '241.0.0.1')),
      ),
      ['VIRTUAL_IP_CLAIMED_TWICE 241.0.0.1 (shop/a.eureka.orders of xds://a:1, pay/b.eureka.bills of xds://b:1)'],
    ));

  test('that cannot be read are told', () =>
    assert.deepEqual(
      found(
        { address: 'xds://a:1', outcome: { kind: 'unreachable', why: 'x' } },
        { address: 'xds://b:1', outcome: { kind: 'silent', why: 'x' } },
        { address: 'xds://c:1', outcome: { kind: 'not-asked', why: 'x' } },
      ),
      ['BRIDGE_UNREACHABLE xds://a:1', 'BRIDGE_SILENT xds://b:1', 'BRIDGE_NOT_ASKED xds://c:1'],
    ));

  test('that share thousands of names are told with the first, and how many more', () => {
    const many = Array.from({ length: 25 }, (_, n) => entry(`shop/a.eureka.s${n}`, `s${n}.shop.eureka`));
    const said = found(member('xds://a:1', ...many), member('xds://b:1', ...many));
    assert.equal(said.filter((line) => line.startsWith('NAME_CLAIMED_TWICE')).length, 21);
    assert.ok(said.includes('NAME_CLAIMED_TWICE 5 more'));
  });
});
