import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createVirtualIps } from '../../../src/convert/virtual-ips.ts';

const hosts = (count: number): string[] => Array.from({ length: count }, (_, index) => `service-${index}.shop.eureka`);

describe('virtual IPs', () => {
  test('are the same on every replica: a known host has a known address', () => {
    const given = createVirtualIps('241.0.0.0/8')(['orders.shop.eureka']);
    assert.equal(given.get('orders.shop.eureka'), '241.13.239.214');
  });

  test('are distinct, inside the range, and none ends in 0 or 255', () => {
    const given = [...createVirtualIps('241.7.8.0/22')(hosts(900)).values()];
    assert.equal(new Set(given).size, 900);
    for (const address of given) {
      const [a, b, c, d] = address.split('.').map(Number);
      assert.deepEqual([a, b, (c ?? 0) >> 2], [241, 7, 2]);
      assert.ok(d !== 0 && d !== 255);
    }
  });

  test('bits behind the prefix are of no account', () => {
    assert.deepEqual(createVirtualIps('241.7.8.9/16')(hosts(5)), createVirtualIps('241.7.0.0/16')(hosts(5)));
  });

  test('fill a small range to its last address and then run out, the youngest first', () => {
    const given = createVirtualIps('241.7.8.0/29')(hosts(10));
    assert.deepEqual([...given.keys()], hosts(7));
    assert.equal(new Set(given.values()).size, 7);
  });

  test('of departed hosts are passed on when the range is exhausted, the longest departed first, and nobody else moves', () => {
    const allocate = createVirtualIps('241.7.8.0/29');
    const all = hosts(9);
    const [, second = '', third = ''] = all;
    const before = allocate(all.slice(0, 7), [third, second]);
    const after = allocate(all, [third, second]);
    assert.deepEqual([...after.keys()].sort(), all.filter((host) => host !== second && host !== third).sort());
    assert.equal(after.get(all[7] ?? ''), before.get(third));
    assert.equal(after.get(all[8] ?? ''), before.get(second));
    for (const host of after.keys()) if (before.has(host)) assert.equal(after.get(host), before.get(host));
  });

  test('an older host is not moved by any younger one, however crowded the range is', () => {
    const allocate = createVirtualIps('241.7.8.0/25');
    const before = allocate(hosts(60));
    const after = allocate(hosts(120));
    for (const [host, address] of before) assert.equal(after.get(host), address);
  });

  test('IPv6 ranges give addresses in their shortest writing, none of them a router address', () => {
    const given = [...createVirtualIps('fd00:241::/112')(hosts(300)).values()];
    assert.equal(new Set(given).size, 300);
    for (const address of given) assert.match(address, /^fd00:241::[1-9a-f][0-9a-f]{0,3}$/);
  });

  const borders: readonly (readonly [range: string, capacity: number])[] = [
    ['241.7.8.0/32', 0],
    ['241.7.8.9/32', 1],
    ['241.7.8.254/31', 1],
    ['241.7.8.0/24', 254],
    ['241.7.8.0/23', 508],
    ['fd00::/128', 0],
    ['fd00::/127', 1],
    ['no range', 0],
  ];
  for (const [range, capacity] of borders) {
    test(`${range} holds ${capacity} hosts`, () => assert.equal(createVirtualIps(range)(hosts(600)).size, capacity));
  }
});
