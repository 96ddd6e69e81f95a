// Parts of a range: disjoint, equal every time, and moved by nobody who comes later.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { runCommandLine } from '../../../src/cli/program.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { printShares, type SharingBridge, shareRange } from '../../../src/fleet/share-range.ts';
import { type Cidr, formatCidr, isWithin, parseCidr } from '../../../src/lib/ip.ts';
import { createCertificates } from '../../fakes/certificates.ts';
import { tempDir } from '../../fakes/temp-dir.ts';

function cidr(text: string): Cidr {
  const parsed = parseCidr(text);
  assert.ok(parsed !== undefined, text);
  return parsed;
}

function named(...addresses: readonly string[]): readonly SharingBridge[] {
  return addresses.map((address) => ({ address, kept: undefined }));
}

function texts(range: string, bits: number, bridges: readonly SharingBridge[]): readonly string[] {
  const sharing = shareRange(cidr(range), bits, bridges);
  return sharing.kind === 'shared' ? [...sharing.parts.values()].map(formatCidr) : [sharing.kind];
}

const addresses = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}:1$/), { minLength: 1, maxLength: 40 });
const ranges = fc.constantFrom(['241.0.0.0/8', 16], ['241.16.0.0/12', 20], ['fd00:241::/96', 104]) as fc.Arbitrary<
  readonly [string, number]
>;

describe('the parts of a range', () => {
  test('are inside of it, one for each bridge, and no two are one', () =>
    fc.assert(
      fc.property(ranges, addresses, ([range, bits], bridges) => {
        const parts = texts(range, bits, named(...bridges));
        assert.equal(new Set(parts).size, bridges.length);
        for (const part of parts) assert.ok(isWithin(cidr(part), cidr(range)) && cidr(part).bits === bits, part);
      }),
    ));

  test('are not moved by a bridge that is added at the end', () =>
    fc.assert(
      fc.property(ranges, addresses, ([range, bits], bridges) => {
        const before = texts(range, bits, named(...bridges));
        assert.deepEqual(texts(range, bits, named(...bridges, 'new one')).slice(0, -1), before);
      }),
    ));

  test('that are kept are given to nobody else, wherever their bridge stands', () => {
    const [first = ''] = texts('241.0.0.0/8', 16, named('a:1'));
    const parts = texts('241.0.0.0/8', 16, [...named('a:1'), { address: 'b:1', kept: cidr(first) }]);
    assert.equal(parts[1], first);
    assert.notEqual(parts[0], first);
  });

  test('can be given out to the last one, and no further', () => {
    const all = Array.from({ length: 256 }, (_, n) => `b${n}:1`);
    assert.equal(new Set(texts('241.0.0.0/16', 24, named(...all))).size, 256);
    assert.deepEqual(texts('241.0.0.0/16', 24, named(...all, 'one more')), ['exhausted']);
  });

  test('that are kept twice are told, of whatever size', () => {
    const kept = (address: string, range: string) => ({ address, kept: cidr(range) });
    const bridges = [kept('a:1', '241.7.0.0/16'), kept('b:1', '241.7.8.0/24'), kept('c:1', '241.8.0.0/16')];
    assert.deepEqual(shareRange(cidr('241.0.0.0/8'), 16, bridges), { kind: 'overlapping', pairs: [['a:1', 'b:1']] });
  });

  test('are printed as configuration that a bridge takes', () => {
    for (const range of ['241.9.0.0/16', 'fd00:241::/104']) {
      const text = `namespace: shop\ninstance: a\nregistries: { f: { kind: file, path: /x } }\n${printShares(new Map([['a:1', cidr(range)]]))}`;
      const loaded = loadConfig({ file: { path: 'x', text }, env: {}, flags: {} });
      assert.ok(loaded.kind === 'ok', text);
      assert.ok(Object.values(loaded.config.virtualIps).includes(range));
    }
  });
});

async function run(...words: readonly string[]) {
  const said: string[] = [];
  const data: string[] = [];
  const output = { data: (text: string) => void data.push(text), talk: (text: string) => void said.push(text) };
  return {
    code: await runCommandLine(['mesh-config', ...words], {}, output),
    data: data.join('\n'),
    said: said.join('\n'),
  };
}

describe('mesh-config', () => {
  const rows: readonly (readonly [words: readonly string[], code: number, said: RegExp])[] = [
    [[], 2, /Name at least one bridge/],
    [['Payments'], 2, /"Payments" is no namespace/],
    [['payments', '--check', 'x'], 2, /nothing is printed/],
    [['payments', '--live'], 2, /with --check alone/],
    [['payments', '--san', 'x'], 2, /only where a CA is given/],
    [['payments', '--ca', 'x', '--ca-secret', 'y'], 2, /one of --ca and --ca-secret/],
    [['payments', '--ca', '/does/not/exist'], 1, /cannot be read: ENOENT/],
    [['payments', '--ca', 'package.json'], 1, /holds no certificate/],
    [['--from', 'package.json'], 1, /package\.json: No Service/],
    [['--check', 'README.md'], 1, /README\.md: /],
    [['a', '--virtual-ips', '241.0.0.0/17'], 2, /no range of \/16 or larger/],
    [['a', '--virtual-ips', '241.0.0.0/8', '--format', 'helm'], 2, /prints ranges/],
    [
      ['a=10.0.0.0/8', 'b', '--virtual-ips', '10.1.0.0/16'],
      2,
      /has 256 parts of \/24, and what is kept leaves too few of them free\./,
    ],
    [['a=x', '--virtual-ips', '241.0.0.0/8'], 2, /"a=x" keeps no range/],
    [
      ['a=241.1.0.0/16', 'b=241.0.0.0/8', '--virtual-ips', '241.0.0.0/8'],
      3,
      /VIRTUAL_IP_RANGES_OVERLAP footbridge\.a\.svc:9902/,
    ],
  ];
  for (const [words, expected, why] of rows)
    test(`answers \`${words.join(' ')}\` with a sentence and code ${expected}`, async () => {
      const { code, data, said } = await run(...words);
      assert.deepEqual([code, data], [expected, '']);
      assert.match(said, why);
    });

  test('takes nothing but certificates out of the file of a CA', async (t) => {
    const { caFile } = createCertificates(tempDir(t));
    const both = join(tempDir(t), 'both.pem');
    writeFileSync(both, readFileSync(caFile.replace(/pem$/, 'key'), 'utf8') + readFileSync(caFile, 'utf8'));
    const { data } = await run('payments', '--ca', both);
    assert.doesNotMatch(data, /PRIVATE KEY/);
    assert.match(data, /caCertificates: \|\n {6}-----BEGIN CERTIFICATE-----/);
  });
});
