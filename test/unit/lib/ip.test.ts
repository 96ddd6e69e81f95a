import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  contains,
  formatCidr,
  formatIp,
  isIp,
  isWithin,
  networkOf,
  parseCidr,
  parseIp,
  unmapped,
} from '../../../src/lib/ip.ts';

function cidr(text: string) {
  const parsed = parseCidr(text);
  assert.ok(parsed !== undefined, text);
  return parsed;
}

function ip(text: string) {
  const parsed = parseIp(text);
  assert.ok(parsed !== undefined, text);
  return parsed;
}

describe('parseIp', () => {
  test('reads IPv4 in four decimal parts and nothing else', () => {
    assert.deepEqual(parseIp('10.0.255.1'), { family: 4, bytes: [10, 0, 255, 1], zone: '' });
    for (const text of [
      '10.0.0',
      '10.0.0.01',
      '010.0.0.1',
      '10.0.0.256',
      '0x0a.0.0.1',
      '167772161',
      '10.0.0.1%a',
      '10.0.0.1 ',
      '10.0.0.1\0',
      '',
    ]) {
      assert.equal(parseIp(text), undefined, text);
    }
  });

  test('reads IPv6 in every writing of RFC 4291, with a zone of any text', () => {
    assert.deepEqual(parseIp('FE80::a%eth0/1'), {
      family: 6,
      bytes: [0xfe, 0x80, ...Array(13).fill(0), 10],
      zone: 'eth0/1',
    });
    assert.deepEqual(parseIp('::ffff:10.0.0.1')?.bytes, [...Array(10).fill(0), 255, 255, 10, 0, 0, 1]);
    for (const text of ['::1%', ':::', '1::2::3', '00001::', '[::1]', '1:2:3:4:5:6:7', '::ffff:10.0.0.01', '%eth0']) {
      assert.equal(isIp(text), false, text);
    }
  });

  test('answers at once on a text of any length', () => {
    assert.equal(isIp('1'.repeat(10_000_000)), false);
    assert.equal(isIp(':'.repeat(10_000_000)), false);
  });
});

describe('parseCidr', () => {
  test('needs one address, a slash and a plain prefix length', () => {
    assert.deepEqual(parseCidr('10.1.2.3/8'), { family: 4, bytes: [10, 1, 2, 3], bits: 8 });
    for (const text of [
      '10.0.0.0',
      '10.0.0.0/',
      '10.0.0.0/08',
      '10.0.0.0/+8',
      '10.0.0.0/33',
      '::/129',
      'fe80::1%a/64',
      'a/8',
      '/8',
      '10.0.0.0/8/8',
    ]) {
      assert.equal(parseCidr(text), undefined, text);
    }
  });
});

describe('ranges', () => {
  const ROWS = [
    ['127.0.0.16/28', '127.0.0.16', true],
    ['127.0.0.16/28', '127.0.0.31', true],
    ['127.0.0.16/28', '127.0.0.15', false],
    ['127.0.0.16/28', '127.0.0.32', false],
    ['127.0.0.31/28', '127.0.0.16', true],
    ['10.0.0.1/32', '10.0.0.1', true],
    ['10.0.0.1/32', '10.0.0.0', false],
    ['0.0.0.0/0', '255.255.255.255', true],
    ['0.0.0.0/0', '::1', false],
    ['::/0', '10.0.0.1', false],
    ['fd00::/9', 'fd7f::1', true],
    ['fd00::/9', 'fd80::1', false],
    ['::ffff:0.0.0.0/96', '::ffff:1.2.3.4', true],
  ] as const;
  for (const [range, address, held] of ROWS) {
    test(`${range} ${held ? 'holds' : 'does not hold'} ${address}`, () =>
      assert.equal(contains(cidr(range), ip(address)), held));
  }

  test('a range is within itself and within wider ones of its family', () => {
    assert.equal(isWithin(cidr('127.0.0.16/28'), cidr('127.0.0.0/8')), true);
    assert.equal(isWithin(cidr('127.0.0.0/8'), cidr('127.0.0.0/8')), true);
    assert.equal(isWithin(cidr('127.0.0.0/7'), cidr('127.0.0.0/8')), false);
    assert.equal(isWithin(cidr('::/64'), cidr('0.0.0.0/0')), false);
  });
});

describe('writing', () => {
  const ROWS = [
    ['10.0.255.1', '10.0.255.1'],
    ['::', '::'],
    ['::1', '::1'],
    ['1::', '1::'],
    ['2001:DB8:0:0:0:0:0:A', '2001:db8::a'],
    ['0001:02:003:4:5:6:7:8', '1:2:3:4:5:6:7:8'],
    ['1:0:3:4:5:6:7:8', '1:0:3:4:5:6:7:8'],
    ['0:2:3:4:5:6:7:0', '0:2:3:4:5:6:7:0'],
    ['1:0:0:4:0:0:7:8', '1::4:0:0:7:8'],
    ['1:0:0:4:0:0:0:8', '1:0:0:4::8'],
    ['::ffff:10.0.0.1', '::ffff:a00:1'],
    ['::10.0.0.1', '::a00:1'],
    ['fe80::1%eth0', 'fe80::1'],
  ] as const;
  for (const [text, written] of ROWS) {
    test(`${text} is written as ${written}`, () => {
      assert.equal(formatIp(ip(text).bytes), written);
      assert.deepEqual(ip(written).bytes, ip(text).bytes);
    });
  }

  test('agrees with the URL parser of the platform about every pattern of zero groups', () => {
    for (let pattern = 0; pattern < 256; pattern++) {
      const groups = Array.from({ length: 8 }, (_, index) => (((pattern >> index) & 1) === 0 ? '0' : 'a0b'));
      const text = groups.join(':');
      assert.equal(`[${formatIp(ip(text).bytes)}]`, new URL(`http://[${text}]`).hostname);
    }
  });

  test('a network has the bits behind its prefix cleared, whatever its prefix', () => {
    const ROWS = [
      ['255.255.255.255/0', '0.0.0.0/0'],
      ['255.255.255.255/7', '254.0.0.0/7'],
      ['255.255.255.255/8', '255.0.0.0/8'],
      ['255.255.255.255/9', '255.128.0.0/9'],
      ['255.255.255.255/31', '255.255.255.254/31'],
      ['255.255.255.255/32', '255.255.255.255/32'],
      ['ffff:ffff:ffff:ffff:ffff::1/68', 'ffff:ffff:ffff:ffff:f000::/68'],
      ['fd00::1/128', 'fd00::1/128'],
      ['::1/0', '::/0'],
    ] as const;
    for (const [text, network] of ROWS) assert.equal(formatCidr(networkOf(cidr(text))), network);
    assert.equal(formatCidr(cidr('10.1.2.3/8')), '10.1.2.3/8');
  });
});

describe('unmapped', () => {
  test('takes the IPv4 address out of an IPv4-mapped one, keeps its zone, and leaves all others', () => {
    assert.deepEqual(unmapped(ip('::ffff:10.0.0.1%a')), { family: 4, bytes: [10, 0, 0, 1], zone: 'a' });
    for (const text of ['10.0.0.1', '::10.0.0.1', '::fffe:10.0.0.1', 'fd00::1'])
      assert.deepEqual(unmapped(ip(text)), ip(text));
  });
});
