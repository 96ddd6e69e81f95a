import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compareAddresses, readAddress } from '../../../src/convert/address.ts';

describe('an address is read in one canonical way', () => {
  const rows: readonly (readonly [registered: string, read: string])[] = [
    ['10.0.0.1', 'ip 10.0.0.1'],
    ['0.0.0.0', 'ip 0.0.0.0'],
    ['2001:DB8:0:0::1', 'ip 2001:db8::1'],
    ['::ffff:10.0.0.1', 'ip 10.0.0.1'],
    ['::10.0.0.1', 'ip ::a00:1'],
    ['VM-1.Example.COM', 'name vm-1.example.com'],
    ['vm-1.example.com.', 'name vm-1.example.com'],
    ['vm-1', 'name vm-1'],
    ['', 'invalid'],
    ['unknown', 'invalid'],
    ['UNKNOWN', 'invalid'],
    ['localhost', 'invalid'],
    ['localhost.localdomain', 'invalid'],
    ['a_b', 'invalid'],
    ['10.0.0', 'invalid'],
    ['256.0.0.1', 'invalid'],
    ['010.0.0.1', 'invalid'],
    ['10.0.0.1.', 'invalid'],
    ['10.0.0.1:80', 'invalid'],
    ['[::1]', 'invalid'],
    ['fe80::1%eth0', 'invalid'],
    ['*.example.com', 'invalid'],
    ['http://vm-1', 'invalid'],
    ['99999999999999999999999', 'invalid'],
    [' vm-1', 'invalid'],
    ['vm\u0000', 'invalid'],
    ['vm\ud800', 'invalid'],
    [`${'a'.repeat(64)}.example.com`, 'invalid'],
    ['a.'.repeat(5_000_000), 'invalid'],
  ];
  for (const [registered, expected] of rows) {
    test(`${JSON.stringify(registered.slice(0, 70))} is ${expected}`, () => {
      const read = readAddress(registered);
      assert.equal(read.kind === 'invalid' ? 'invalid' : `${read.kind} ${read.text}`, expected);
    });
  }
});

test('addresses are ordered by number, IPv4 first, names last', () => {
  const sorted = ['10.0.0.9', '10.0.0.10', '192.168.0.1', '::1', '2001:db8::1', 'a.example', 'b.example'];
  const read = sorted.map(readAddress);
  for (const order of [read, [...read].reverse()]) {
    const found = [...order].sort(compareAddresses).map((one) => (one.kind === 'invalid' ? '' : one.text));
    assert.deepEqual(found, sorted);
  }
});
