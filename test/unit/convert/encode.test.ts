import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { canonicalJson } from '../../../src/convert/canonical-json.ts';
import { encodeEntry } from '../../../src/convert/encode.ts';
import type { Entry, ResourceName } from '../../../src/convert/entry.ts';
import { toManifest, toYaml } from '../../../src/convert/to-yaml.ts';
import { istio } from '../../../src/proto/messages.gen.js';
import { ordersEntry } from '../../fakes/orders-entry.ts';

const ENTRY = ordersEntry(
  {
    endpoints: [
      {
        address: '10.0.0.1',
        ports: { http: 8080 },
        labels: { version: 'v1' },
        network: 'n',
        locality: 'eu',
        weight: 3,
        serviceAccount: 's',
      },
      { address: '10.0.0.2', ports: { http: 8081 } },
    ],
  },
  { labels: { 'app.kubernetes.io/name': 'orders', version: '012' }, annotations: { note: 'on' } },
);

const changedSpec = (spec: Partial<Entry['spec']>): Entry => ({ ...ENTRY, spec: { ...ENTRY.spec, ...spec } });

describe('the bytes of a resource', () => {
  test('hold the envelope that every istiod wants: name, constant creation time, version, labels', () => {
    const resource = encodeEntry(ENTRY);
    const { metadata, body } = istio.mcp.v1alpha1.Resource.decode(resource.bytes);
    assert.equal(resource.kind, 'networking.istio.io/ServiceEntry');
    assert.equal(resource.name, 'shop/bridge.legacy.orders');
    assert.equal(metadata?.name, resource.name);
    assert.equal(metadata?.version, resource.version);
    assert.equal(new Date(Number(metadata?.createTime?.seconds) * 1000).toISOString(), '2100-01-01T00:00:00.000Z');
    assert.deepEqual(metadata?.labels, ENTRY.labels);
    assert.deepEqual(metadata?.annotations, ENTRY.annotations);
    assert.equal(body?.typeUrl, 'type.googleapis.com/istio.networking.v1alpha3.ServiceEntry');
  });

  test('hold the whole spec, enums as numbers', () => {
    const { body } = istio.mcp.v1alpha1.Resource.decode(encodeEntry(ENTRY).bytes);
    const { ServiceEntry } = istio.networking.v1alpha3;
    const spec = ServiceEntry.decode(body?.value ?? new Uint8Array());
    assert.equal(spec.location, 1);
    assert.equal(spec.resolution, 1);
    assert.deepEqual([...spec.hosts, ...spec.addresses, ...spec.exportTo], ['orders.shop.legacy', '241.1.2.3', '.']);
    assert.deepEqual(
      spec.ports.map((port) => ({ ...port })),
      ENTRY.spec.ports,
    );
    const [full, bare] = spec.endpoints.map((endpoint) => ({ ...endpoint }));
    assert.deepEqual(full, ENTRY.spec.endpoints[0]);
    assert.deepEqual([bare?.address, bare?.ports], ['10.0.0.2', { http: 8081 }]);
  });

  test('without a version are equal but for it', () => {
    const { metadata, body } = istio.mcp.v1alpha1.Resource.decode(encodeEntry(ENTRY).bytesWithoutVersion());
    assert.equal(metadata?.version, '');
    assert.deepEqual(metadata?.labels, ENTRY.labels);
    assert.ok((body?.value?.length ?? 0) > 0);
  });

  test('without a version are made once', () => {
    const resource = encodeEntry(ENTRY);
    assert.equal(resource.bytesWithoutVersion(), resource.bytesWithoutVersion());
  });
});

describe('the version', () => {
  test('is a hash of the content that no release of ours may change', () => {
    assert.equal(encodeEntry(ENTRY).version, 'f4b2b6a47815d06b');
  });

  const changes: readonly (readonly [what: string, entry: Entry])[] = [
    ['the name', { ...ENTRY, name: 'shop/other' as ResourceName }],
    ['a label', { ...ENTRY, labels: { version: '013' } }],
    ['an annotation', { ...ENTRY, annotations: {} }],
    ['a host', changedSpec({ hosts: ['x.shop.legacy'] })],
    ['a virtual IP', changedSpec({ addresses: [] })],
    ['a port', changedSpec({ ports: [{ number: 81, protocol: 'HTTP', name: 'http' }] })],
    ['the location', changedSpec({ location: 'MESH_EXTERNAL' })],
    ['the resolution', changedSpec({ resolution: 'DNS' })],
    ['the order of endpoints', changedSpec({ endpoints: [...ENTRY.spec.endpoints].reverse() })],
    ['the visibility', changedSpec({ exportTo: ['*'] })],
  ];
  for (const [what, entry] of changes) {
    test(`changes with ${what}`, () => assert.notEqual(encodeEntry(entry).version, encodeEntry(ENTRY).version));
  }

  test('does not change with the order in which an entry was put together', () => {
    const { hosts, ...rest } = ENTRY.spec;
    const other: Entry = {
      ...ENTRY,
      labels: { version: '012', 'app.kubernetes.io/name': 'orders' },
      spec: { ...rest, hosts },
    };
    assert.equal(encodeEntry(other).version, encodeEntry(ENTRY).version);
  });
});

describe('canonical JSON', () => {
  const rows: readonly (readonly [value: unknown, text: string])[] = [
    [{ b: 1, a: [true, 'x', null] }, '{"a":[true,"x",null],"b":1}'],
    [{ b: undefined, a: {} }, '{"a":{}}'],
    [{ '10': 1, '9': 2 }, '{"10":1,"9":2}'],
    [[], '[]'],
    ['"', '"\\""'],
    [undefined, 'null'],
  ];
  for (const [value, text] of rows) test(`${text} has one form`, () => assert.equal(canonicalJson(value), text));
});

describe('as YAML', () => {
  test('an entry is what kubectl takes: v1, name and namespace apart, nothing empty', () => {
    const manifest = toManifest(changedSpec({ endpoints: [], addresses: [] }));
    assert.deepEqual(manifest, {
      apiVersion: 'networking.istio.io/v1',
      kind: 'ServiceEntry',
      metadata: {
        name: 'bridge.legacy.orders',
        namespace: 'shop',
        labels: ENTRY.labels,
        annotations: ENTRY.annotations,
      },
      spec: {
        hosts: ['orders.shop.legacy'],
        ports: [{ number: 80, protocol: 'HTTP', name: 'http' }],
        location: 'MESH_INTERNAL',
        resolution: 'STATIC',
        exportTo: ['.'],
      },
    });
  });

  test('it reads back as it was, also for a reader of YAML 1.1 that takes on and 012 for no texts', () => {
    const yaml = toYaml([ENTRY, ENTRY]);
    for (const version of ['1.1', '1.2'] as const) {
      const documents = parseAllDocuments(yaml, { version });
      assert.equal(documents.length, 2);
      for (const document of documents) assert.deepEqual('toJS' in document && document.toJS(), toManifest(ENTRY));
    }
  });

  test('no entries are no text', () => assert.equal(toYaml([]), ''));
});
