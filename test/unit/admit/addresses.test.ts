import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addressJudge } from '../../../src/admit/addresses.ts';

const EVERYTHING = ['0.0.0.0/0', '::/0'];

const ROWS = [
  [EVERYTHING, '10.0.0.1', 'admitted'],
  [EVERYTHING, '2001:db8::1', 'admitted'],
  [EVERYTHING, '127.0.0.1', 'reserved'],
  [EVERYTHING, '127.255.255.254', 'reserved'],
  [EVERYTHING, '::1', 'reserved'],
  [EVERYTHING, '::ffff:127.0.0.1', 'reserved'],
  [EVERYTHING, '::127.0.0.1', 'reserved'],
  [EVERYTHING, '64:ff9b::7f00:1', 'reserved'],
  [EVERYTHING, '64:ff9b::169.254.169.254', 'reserved'],
  [EVERYTHING, '64:ff9b::10.0.0.1', 'admitted'],
  [EVERYTHING, '2002:7f00:1::1', 'reserved'],
  [EVERYTHING, '2002:a9fe:a9fe::', 'reserved'],
  [EVERYTHING, '2002:a00:1::', 'admitted'],
  [EVERYTHING, '::ffff:169.254.169.254', 'reserved'],
  [EVERYTHING, '169.254.0.1', 'reserved'],
  [EVERYTHING, '169.253.255.255', 'admitted'],
  [EVERYTHING, '0.1.2.3', 'reserved'],
  [EVERYTHING, '::', 'reserved'],
  [EVERYTHING, '224.0.0.0', 'reserved'],
  [EVERYTHING, '239.255.255.255', 'reserved'],
  [EVERYTHING, '255.255.255.255', 'reserved'],
  [EVERYTHING, '255.255.255.254', 'admitted'],
  [EVERYTHING, 'febf::1', 'reserved'],
  [EVERYTHING, 'fec0::1', 'admitted'],
  [EVERYTHING, 'ff0e::1', 'reserved'],
  [EVERYTHING, 'fd00:ec2::254', 'reserved'],
  [EVERYTHING, 'fd20:ce::254', 'reserved'],
  [EVERYTHING, 'fd00:ec2::23', 'reserved'],
  [EVERYTHING, 'fd00:ec2:ffff::1', 'reserved'],
  [EVERYTHING, 'fd00:ec3::1', 'admitted'],
  [EVERYTHING, 'fd00:c1::a9fe:a9fe', 'reserved'],
  [EVERYTHING, 'fd00:42::42', 'reserved'],
  [EVERYTHING, '192.0.0.192', 'reserved'],
  [EVERYTHING, '::ffff:0:169.254.169.254', 'reserved'],
  [EVERYTHING, '::ffff:0:7f00:1', 'reserved'],
  [EVERYTHING, '::ffff:0:10.0.0.1', 'admitted'],
  [EVERYTHING, '64:ff9b:1::169.254.169.254', 'reserved'],
  [EVERYTHING, '64:ff9b:1:a9fe:a9:fe00::', 'reserved'],
  [EVERYTHING, '64:ff9b:1:5a9:fe:a9fe::', 'reserved'],
  [EVERYTHING, '64:ff9b:1:5:a9:fea9:fe00:0', 'reserved'],
  [EVERYTHING, '64:ff9b:1::10.0.0.1', 'admitted'],
  [EVERYTHING, '64:ff9b:1:a00:0:100:a00:1', 'admitted'],
  [EVERYTHING, '64:ff9b:2::7f00:1', 'admitted'],
  [EVERYTHING, '100.100.100.200', 'reserved'],
  [EVERYTHING, '168.63.129.16', 'reserved'],
  [EVERYTHING, '2001:db8::1%1', 'reserved'],
  [EVERYTHING, '::ffff:10.0.0.1%1', 'reserved'],
  [['127.0.0.16/28'], '127.0.0.17', 'admitted'],
  [['127.0.0.16/28'], '::ffff:127.0.0.17', 'admitted'],
  [['127.0.0.16/28'], '127.0.0.1', 'reserved'],
  [['127.0.0.16/28', '0.0.0.0/0'], '127.0.0.1', 'reserved'],
  [['126.0.0.0/7'], '127.0.0.1', 'reserved'],
  [['::1/128'], '::1', 'admitted'],
  [['::/127'], '::1', 'reserved'],
  [EVERYTHING, '::1:7f00:1', 'admitted'],
  [EVERYTHING, '64:ff9b::1:7f00:1', 'admitted'],
  [['::ffff:0.0.0.0/96'], '10.0.0.1', 'admitted'],
  [['::ffff:128.0.0.0/97'], '200.0.0.1', 'admitted'],
  [['::ffff:128.0.0.0/97'], '10.0.0.1', 'out-of-scope'],
  [['::ffff:10.0.0.0/104'], '10.0.0.1', 'admitted'],
  [['::ffff:10.0.0.0/104'], '11.0.0.1', 'out-of-scope'],
  [['169.254.0.0/16'], '169.254.1.1', 'reserved'],
  [['0.0.0.0/0'], '2001:db8::1', 'out-of-scope'],
  [['::/0'], '10.0.0.1', 'out-of-scope'],
  [['::/0'], '::ffff:10.0.0.1', 'out-of-scope'],
  [[], '10.0.0.1', 'out-of-scope'],
] as const;

describe('an IP address', () => {
  for (const [ranges, address, verdict] of ROWS) {
    test(`${address} with ${ranges.join(' and ') || 'no range'}: ${verdict}`, () => {
      assert.equal(addressJudge(ranges, [])(address), verdict);
    });
  }
});

describe('a host name', () => {
  test('passes by its suffix or as a whole, whatever its case and final dot', () => {
    const judge = addressJudge(EVERYTHING, ['.Corp.Example', 'db.other.example']);
    for (const name of ['a.corp.example', 'A.B.CORP.EXAMPLE.', 'db.other.example.'])
      assert.equal(judge(name), 'admitted', name);
    for (const name of ['corp.example', 'acorp.example', 'a.db.other.example', 'corp.example.evil'])
      assert.equal(judge(name), 'out-of-scope', name);
  });

  test('never passes where resolvers would read a number or find the caller, whatever the suffixes', () => {
    const judge = addressJudge(EVERYTHING, [
      '.1',
      '.localhost',
      'localhost',
      '10.0.0.1',
      '127.1',
      '0x7f000001',
      '.internal',
      '.ec2.internal',
      '.goog',
      '.localdomain',
      'ip6-localhost',
      '.',
    ]);
    for (const name of [
      'localhost',
      'a.localhost',
      '10.0.0.1.',
      '127.1',
      '0x7f000001',
      'a.0x1',
      'metadata.google.internal',
      'Instance-Data.ec2.internal.',
      'metadata.goog',
      'localhost.localdomain',
      'ip6-localhost',
      '0177.0.0.1',
      '10.1',
      '167772161',
      '\uff11\uff10.0.0.1',
      '10\u30020\u30020\u30021',
      '[::1]',
      '10.0.0.1:80',
      '10.0.0.1/32',
      ' 10.0.0.1',
    ]) {
      assert.equal(judge(name), 'reserved', name);
    }
  });
});
