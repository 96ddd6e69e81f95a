import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dnsName, shortHash } from '../../../src/convert/dns-name.ts';

const LIMITS = { label: 63, total: 200 };

describe('a DNS name is made of any text', () => {
  const rows: readonly (readonly [raw: string, text: string, edits: number, isRewritten: boolean])[] = [
    ['orders', 'orders', 0, false],
    ['ORDERS', 'orders', 6, false],
    ['order_svc', 'order-svc', 1, true],
    ['ORDER_SVC', 'order-svc', 9, true],
    ['order svc', 'order-svc', 1, true],
    ['a--b', 'a--b', 0, false],
    ['-a-', 'a', 3, true],
    ['com.example.Orders', 'com.example.orders', 1, false],
    ['.a..b.', 'a.b', 6, true],
    ['a.-.b', 'a.b', 3, true],
    ['10.0.0.1', '10-0-0-1', 3, true],
    ['::1', '1', 3, true],
    ['1.a', '1.a', 0, false],
    ['a\u0000b', 'a-b', 1, true],
    ['a/b', 'a-b', 1, true],
  ];
  for (const [raw, text, edits, isRewritten] of rows) {
    test(`${JSON.stringify(raw)} becomes ${text}`, () => {
      const { hashed, ...name } = dnsName(raw, LIMITS);
      assert.deepEqual(name, { text, edits, isRewritten });
    });
  }
});

describe('what was lost is made up for by the hash of the raw name', () => {
  const rows: readonly (readonly [promise: string, raw: string, text: string])[] = [
    ['a name of which nothing is left', '订单', `service-${shortHash('订单')}`],
    ['an empty name', '', `service-${shortHash('')}`],
    ['hyphens and dots alone', '-.-', `service-${shortHash('-.-')}`],
    ['a name with characters outside ASCII', 'café', `caf-${shortHash('café')}`],
    ['a label that is too long', 'a'.repeat(64), `${'a'.repeat(54)}-${shortHash('a'.repeat(64))}`],
    [
      'a cut that ends at a hyphen',
      `${'a'.repeat(53)}-${'b'.repeat(20)}`,
      `${'a'.repeat(53)}-${shortHash(`${'a'.repeat(53)}-${'b'.repeat(20)}`)}`,
    ],
    [
      'a long label in the middle',
      `x.${'a'.repeat(64)}.y`,
      `x.${'a'.repeat(63)}.y-${shortHash(`x.${'a'.repeat(64)}.y`)}`,
    ],
  ];
  for (const [promise, raw, text] of rows) test(promise, () => assert.equal(dnsName(raw, LIMITS).text, text));

  test('a name that is too long as a whole is cut to exactly the limit or less', () => {
    const raw = Array.from({ length: 30 }, () => 'abcdefgh').join('.');
    const { text } = dnsName(raw, LIMITS);
    assert.ok(text.length <= 200);
    assert.ok(text.endsWith(`-${shortHash(raw)}`));
    assert.ok(text.split('.').every((label) => /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/.test(label)));
  });

  test('names that are cut at the same place stay apart', () => {
    assert.notEqual(dnsName(`${'a'.repeat(70)}1`, LIMITS).text, dnsName(`${'a'.repeat(70)}2`, LIMITS).text);
  });

  test('a name of megabytes costs no more than a long one', () => {
    assert.equal(dnsName('-'.repeat(5_000_000), LIMITS).text.startsWith('service-'), true);
    assert.equal(dnsName('a'.repeat(5_000_000), LIMITS).text.length, 63);
  });

  test('what stands behind the part that is looked at tells names apart too', () => {
    assert.match(dnsName(`a${'-'.repeat(2000)}b`, LIMITS).text, /^a-[0-9a-f]{8}$/);
  });

  test('half a surrogate pair is only another character outside ASCII', () => {
    assert.match(dnsName('a\ud800b', LIMITS).text, /^a-b-[0-9a-f]{8}$/);
  });
});

test('the hash is there for those who want it, also where it was not needed', () => {
  assert.equal(dnsName('orders', LIMITS).hashed, `orders-${shortHash('orders')}`);
});
