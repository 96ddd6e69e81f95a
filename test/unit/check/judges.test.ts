// The verdicts of pure judges, as tables.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { failed, PASSED, passed, skipped, type Verdict, warned } from '../../../src/check/check.ts';
import type { EntrySeen } from '../../../src/check/entry-seen.ts';
import type { MeshConfig } from '../../../src/check/istiod/decode-pages.ts';
import { judgeEntries, judgeHosts } from '../../../src/check/istiod/judge-entries.ts';
import { judgeDnsCapture, judgeKubernetes, judgeSources } from '../../../src/check/istiod/judge-mesh.ts';
import { judgeVersion } from '../../../src/check/istiod/judge-version.ts';
import { replicasAmong } from '../../../src/check/replicas.ts';
import { judgeAddresses, judgeReplicas, judgeRevision, judgeSound } from '../../../src/check/served-entries.ts';
import { hostPortText, parseHostPort } from '../../../src/lib/host-port.ts';
import type { ProbeAnswer } from '../../../src/probe/config-source.ts';
import type { ProbedResource } from '../../../src/probe/decode-resource.ts';

const OURS = { namespace: 'shop', instance: 'bridge' };

function resource(changes: Partial<ProbedResource> = {}): ProbedResource {
  return {
    name: 'shop/bridge.file.orders',
    version: '0123456789abcdef',
    createTime: '2100-01-01T00:00:00.000Z',
    labels: {},
    annotations: {},
    bodyType: 'istio.networking.v1alpha3.ServiceEntry',
    spec: { hosts: ['orders.shop.file'], addresses: ['241.0.0.1'] },
    bytes: new Uint8Array(0),
    ...changes,
  };
}

function answer(resources: readonly ProbedResource[], problems: readonly string[] = []): ProbeAnswer {
  const byName = new Map(resources.map((one) => [one.name, one]));
  return { typeUrl: 'networking.istio.io/v1/ServiceEntry', version: '1', resources: byName, changes: [], problems };
}

describe('what a bridge serves', () => {
  const cases: readonly (readonly [what: string, ProbeAnswer, Verdict])[] = [
    ['is sound', answer([resource()]), PASSED],
    ['is sound where it is empty', answer([]), PASSED],
    [
      'must be in the namespace',
      answer([resource({ name: 'other/bridge.file.orders' })]),
      failed('Outside the namespace shop: other/bridge.file.orders.'),
    ],
    [
      'must be of this instance: a name that only begins like it is not',
      answer([resource({ name: 'shop/bridge2.file.orders' })]),
      failed('Not named by the instance bridge: shop/bridge2.file.orders.'),
    ],
    [
      'must have a version and a time',
      answer([resource({ version: '', createTime: undefined })]),
      failed(
        'Without a version, so that istiod takes each of them for changed: shop/bridge.file.orders.',
        'Without a creation time, which older istiods drop: shop/bridge.file.orders.',
      ),
    ],
    [
      'must be readable',
      answer([], ['resource 1: cannot be decoded: index out of range']),
      failed('Resources that cannot be kept: resource 1: cannot be decoded: index out of range.'),
    ],
  ];
  for (const [what, given, verdict] of cases) test(what, () => assert.deepEqual(judgeSound(given, OURS), verdict));

  test('names a few of many', () => {
    const broken = answer(
      [],
      ['a', 'b', 'c', 'd'].map((one) => `resource ${one}`),
    );
    assert.deepEqual(
      judgeSound(broken, OURS),
      failed('Resources that cannot be kept: resource a, resource b, resource c and 1 more.'),
    );
    const many = ['a', 'b', 'c', 'd', 'e'].map((name) => resource({ name: `x/${name}` }));
    assert.deepEqual(judgeSound(answer(many), OURS), failed('Outside the namespace shop: x/a, x/b, x/c and 2 more.'));
  });

  test('needs addresses, and labels of one revision are told', () => {
    assert.deepEqual(judgeAddresses(answer([resource()])), PASSED);
    assert.equal(judgeAddresses(answer([resource({ spec: { hosts: ['a.b'] } })])).kind, 'warned');
    assert.deepEqual(judgeRevision(answer([resource()])), PASSED);
    const bound = answer([resource({ labels: { 'istio.io/rev': 'canary' } })]);
    assert.deepEqual(judgeRevision(bound), warned('Only istiods of revision canary take: shop/bridge.file.orders.'));
  });
});

const entry = (name: string, version = 'v1', hosts: readonly string[] = []): EntrySeen => ({ name, version, hosts });

describe('replicas', () => {
  const served = (...each: readonly (readonly EntrySeen[])[]) =>
    judgeReplicas(new Map(each.map((entries, place) => [`pod-${place + 1}`, entries])));
  test('that serve the same are well', () =>
    assert.deepEqual(served([entry('a'), entry('b')], [entry('b'), entry('a')]), passed('2 entries')));
  test('are told apart by a missing entry', () =>
    assert.deepEqual(served([entry('a')], []), warned('Served differently: a (pod-1: v1, pod-2: none).')));
  test('are told apart by a version', () =>
    assert.deepEqual(
      served([entry('a')], [entry('a', 'v2')]),
      warned('Served differently: a (pod-1: v1, pod-2: v2).'),
    ));
});

test('only several addresses of one family are several servers', () => {
  const named = { host: 'bridge.shop.svc', port: 9902 };
  const [v4, v6] = [(address: string) => ({ address, family: 4 }), (address: string) => ({ address, family: 6 })];
  assert.deepEqual(replicasAmong(named, []), [named]);
  assert.deepEqual(replicasAmong(named, [v4('10.0.0.2')]), [named]);
  assert.deepEqual(replicasAmong(named, [v6('::1'), v4('127.0.0.1')]), [named]);
  assert.deepEqual(replicasAmong(named, [v4('10.0.0.2'), v4('10.0.0.1'), v6('fd00::1'), v4('10.0.0.2')]), [
    { host: '10.0.0.1', port: 9902 },
    { host: '10.0.0.2', port: 9902 },
  ]);
});

describe('what istiod holds', () => {
  const expected = [entry('shop/bridge.file.a'), entry('shop/bridge.file.b', 'v2')];
  const cases: readonly (readonly [what: string, readonly EntrySeen[], Verdict])[] = [
    ['is all, beside others', [...expected, entry('shop/hand', '')], passed('2 entries')],
    ['lacks one', expected.slice(0, 1), failed('1 entry is not there: shop/bridge.file.b.')],
    [
      'has an older one',
      [entry('shop/bridge.file.a', 'v0'), entry('shop/bridge.file.b', 'v2')],
      failed('1 entry has another version: shop/bridge.file.a (v0 instead of v1).'),
    ],
    [
      'is without versions, as an old istiod stores them',
      [entry('shop/bridge.file.a', ''), entry('shop/bridge.file.b', '')],
      passed('2 entries'),
    ],
    [
      'has one too many',
      [...expected, entry('shop/bridge.file.c')],
      failed('1 entry is still there and no longer served: shop/bridge.file.c.'),
    ],
  ];
  for (const [what, stored, verdict] of cases)
    test(what, () => assert.deepEqual(judgeEntries(expected, stored, OURS), verdict));
});

describe('a host of ours', () => {
  const ours = [entry('shop/bridge.file.a', 'v1', ['a.shop.file'])];
  const cases: readonly (readonly [string, readonly EntrySeen[], { host: string; namespace: string }[], Verdict])[] = [
    ['is ours alone', ours, [{ host: 'a.shop.svc.cluster.local', namespace: 'shop' }], PASSED],
    [
      'is also defined in our namespace, in other letters',
      [...ours, entry('shop/hand', '', ['A.shop.file'])],
      [],
      failed('Defined elsewhere too: A.shop.file by ServiceEntry shop/hand.'),
    ],
    [
      'is also defined in another namespace',
      [...ours, entry('other/hand', '', ['a.shop.file'])],
      [],
      warned('Defined elsewhere too: a.shop.file by ServiceEntry other/hand.'),
    ],
    [
      'is also that of a Service of our namespace',
      ours,
      [{ host: 'a.shop.file', namespace: 'shop' }],
      failed('Defined elsewhere too: a.shop.file by the Service of namespace shop.'),
    ],
  ];
  for (const [what, stored, services, verdict] of cases)
    test(what, () => assert.deepEqual(judgeHosts(ours, stored, services, 'shop'), verdict));
});

function mesh(
  addresses: readonly string[],
  proxyMetadata: Readonly<Record<string, string>> = {},
  tlsMode = '',
): MeshConfig {
  const sources = addresses.map((address) => ({ address, tlsMode }));
  return { sources, proxyMetadata: new Map(Object.entries(proxyMetadata)) };
}

describe('a mesh config', () => {
  const cases: readonly (readonly [string, MeshConfig, string | undefined, Verdict])[] = [
    ['lists the bridge', mesh(['k8s://', 'xds://b:9902']), 'b:9902', passed('xds://b:9902')],
    ['lists some source, and none was named', mesh(['xds://b:9902']), undefined, passed('xds://b:9902')],
    [
      'has a path behind the address, which istiod ignores',
      mesh(['xds://b:9902/x']),
      'b:9902',
      passed('xds://b:9902/x'),
    ],
    ['lists no source', mesh([]), 'b:9902', failed('It lists no `xds://` source at all.')],
    [
      'lists it without scheme',
      mesh(['b:9902']),
      'b:9902',
      failed('It lists b:9902 without `xds://`, which istiod ignores.'),
    ],
    [
      'lists another name',
      mesh(['xds://c:9902']),
      'b:9902',
      warned('It lists xds://c:9902, and not b:9902. That is well where one of these names leads to the same bridge.'),
    ],
    [
      'has a TLS mode that is none',
      mesh(['xds://b:9902'], {}, 'ISTIO_MUTUAL'),
      'b:9902',
      warned('xds://b:9902 has the TLS mode ISTIO_MUTUAL, for which istiod speaks plaintext without a word.'),
    ],
  ];
  for (const [what, given, server, verdict] of cases)
    test(what, () => assert.deepEqual(judgeSources(given, server), verdict));

  test('keeps Kubernetes by listing it, or by listing nothing', () => {
    assert.equal(judgeKubernetes(mesh(['xds://b:9902', 'k8s://'])).kind, 'passed');
    assert.equal(judgeKubernetes(mesh([])).kind, 'passed');
    assert.equal(judgeKubernetes(mesh(['xds://b:9902'])).kind, 'failed');
  });

  test('turns DNS capture on, but what sidecars say of themselves counts more', () => {
    const on = mesh([], { ISTIO_META_DNS_CAPTURE: 'true' });
    const [with_, without] = [
      { id: 'a', capturesDns: true },
      { id: 'b', capturesDns: false },
    ];
    assert.equal(judgeDnsCapture(on, []).kind, 'passed');
    assert.equal(judgeDnsCapture(mesh([]), []).kind, 'warned');
    assert.equal(judgeDnsCapture(mesh([]), [with_]).kind, 'passed');
    assert.deepEqual(judgeDnsCapture(on, [with_, without]), warned('1 of 2 connected sidecars do not: b.'));
    assert.equal(judgeDnsCapture(undefined, undefined).kind, 'skipped');
  });
});

test('a version of istiod is judged by its minor release', () => {
  const kinds = (...versions: readonly string[]) => versions.map((version) => judgeVersion(version).kind);
  assert.deepEqual(kinds('1.8.6-abc-Clean'), ['failed']);
  assert.deepEqual(kinds('1.9.9-abc-Clean', '1.11.8', '1.13.9', '1.15.7'), ['warned', 'warned', 'warned', 'warned']);
  assert.deepEqual(kinds('1.16.0', '1.29.3-abc-Clean', '1.31.0-rc.0-abc-Clean'), ['passed', 'passed', 'passed']);
  assert.deepEqual(kinds('unknown-unknown-unknown', '', '2.0.0'), ['skipped', 'skipped', 'skipped']);
  assert.deepEqual(judgeVersion(undefined), skipped('istiod does not say its version there'));
});

test('addresses of a server are read in every form that is meant', () => {
  assert.deepEqual(parseHostPort('127.0.0.1:9902'), { host: '127.0.0.1', port: 9902 });
  assert.deepEqual(parseHostPort('xds://bridge.shop.svc:9902'), { host: 'bridge.shop.svc', port: 9902 });
  assert.deepEqual(parseHostPort('[::1]:9902'), { host: '::1', port: 9902 });
  for (const wrong of ['', 'host', 'host:', 'host:0', 'host:99999', '::1:9902', 'http://host:9902', 'me:pw@host:9902'])
    assert.equal(parseHostPort(wrong), undefined, wrong);
  assert.equal(hostPortText({ host: '::1', port: 9902 }), '[::1]:9902');
});
