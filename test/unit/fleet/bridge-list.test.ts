// Who is a bridge, in each form that a person or a tool gives, and what is printed of them.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { type BridgesReading, readBridgeFile, readBridgeWords } from '../../../src/fleet/bridge-list.ts';
import { judgeSourceList } from '../../../src/fleet/judge-sources.ts';
import { readMeshConfig } from '../../../src/fleet/mesh-config.ts';
import { LIST_FORMATS, type ListTls, printSources } from '../../../src/fleet/print-sources.ts';
import { hostPortText } from '../../../src/lib/host-port.ts';
import { golden } from '../../fakes/golden-text.ts';

function texts(reading: BridgesReading): readonly string[] | string {
  return reading.kind === 'bridges' ? reading.bridges.map(hostPortText) : reading.why;
}

function service(name: string, namespace: string, creationTimestamp: string, port: object): object {
  return { kind: 'Service', metadata: { name, namespace, creationTimestamp }, spec: { ports: [port] } };
}

const GRPC = { name: 'grpc', port: 9902 };

describe('a bridge', () => {
  test('is a namespace, a release in it, or an address', () =>
    assert.deepEqual(texts(readBridgeWords(['payments', 'billing/shop', 'xds://10.0.0.1:9902', '[::1]:9'])), [
      'footbridge.payments.svc:9902',
      'shop-footbridge.billing.svc:9902',
      '10.0.0.1:9902',
      '[::1]:9',
    ]));

  test('is named once', () =>
    assert.deepEqual(texts(readBridgeWords(['payments', 'payments/footbridge'])), ['footbridge.payments.svc:9902']));

  for (const word of ['Payments', 'a/b/c', 'a:99999', '', 'service/footbridge', 'a/-'])
    test(`is not ${JSON.stringify(word)}`, () => {
      const why = texts(readBridgeWords([word]));
      assert.ok(typeof why === 'string' && why.includes(JSON.stringify(word)), String(why));
    });

  test('is no file of one long line, of which the beginning is told', () => {
    for (const line of ['x'.repeat(100_000), `svc/${'\u001b'.repeat(100_000)}`]) {
      const why = String(texts(readBridgeFile(line)));
      assert.ok(why.length < 250, `${why.length}`);
      assert.match(why, /…"/);
    }
  });

  test('stands in a line of a file, beside comments', () =>
    assert.deepEqual(texts(readBridgeFile('payments # ours\n\n# none\nbilling/shop\n')), [
      'footbridge.payments.svc:9902',
      'shop-footbridge.billing.svc:9902',
    ]));

  test('is a Service with the port grpc; those of kubectl come by age, so that a new one is last', () => {
    const items = [
      service('footbridge', 'billing', '2026-03-01T00:00:00Z', GRPC),
      service('footbridge', 'payments', '2026-01-01T00:00:00Z', GRPC),
      service('footbridge-metrics', 'payments', '2026-01-01T00:00:00Z', { name: 'admin', port: 9903 }),
    ];
    const both = ['footbridge.payments.svc:9902', 'footbridge.billing.svc:9902'];
    assert.deepEqual(texts(readBridgeFile(JSON.stringify({ kind: 'List', items }))), both);
    assert.deepEqual(texts(readBridgeFile(JSON.stringify(items[0]))), [both[1]]);
    assert.match(String(texts(readBridgeFile(JSON.stringify({ kind: 'List', items: [items[2]] })))), /No Service/);
  });

  test('is a release of the chart as Helm lists it, and no other', () => {
    const releases = [
      { name: 'shop', namespace: 'billing', chart: 'footbridge-0.1.0' },
      { name: 'web', namespace: 'billing', chart: 'nginx-1.0.0' },
    ];
    assert.deepEqual(texts(readBridgeFile(JSON.stringify(releases))), ['shop-footbridge.billing.svc:9902']);
    assert.match(String(texts(readBridgeFile(JSON.stringify(releases.slice(1))))), /No release/);
  });
});

const BRIDGES = [
  { host: 'footbridge.payments.svc', port: 9902 },
  { host: '::1', port: 9902 },
];
const TLS: ListTls = {
  ca: { kind: 'text', pem: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' },
  subjectAltNames: [],
};

describe('the printed list', () => {
  for (const format of LIST_FORMATS)
    test(`for ${format} is this text`, () => {
      golden(`mesh-config/${format}.txt`, `${printSources(BRIDGES, format, undefined)}\n`);
      golden(`mesh-config/${format}-tls.txt`, `${printSources(BRIDGES, format, TLS)}\n`);
    });

  for (const format of LIST_FORMATS)
    test(`for ${format} reads back as the bridges, and nothing is wrong with it`, () => {
      for (const tls of [undefined, TLS, { ...TLS, ca: { kind: 'secret', name: '1e3' } } as const]) {
        const reading = readMeshConfig(printSources(BRIDGES, format, tls));
        assert.ok(reading.kind === 'sources');
        const addresses = reading.sources.map(({ address }) => address);
        assert.deepEqual(addresses, ['k8s://', 'xds://footbridge.payments.svc:9902', 'xds://[::1]:9902']);
        assert.deepEqual(judgeSourceList(reading.sources), []);
        assert.deepEqual(reading.sources[1]?.tls.subjectAltNames, tls === undefined ? [] : ['footbridge.payments.svc']);
      }
    });

  test('keeps the text of a CA to the byte', () => {
    const { configSources } = parse(printSources(BRIDGES, 'mesh', TLS)) as {
      configSources: { tlsSettings?: { caCertificates: string } }[];
    };
    assert.equal(configSources[1]?.tlsSettings?.caCertificates.trim(), TLS.ca.kind === 'text' ? TLS.ca.pem : '');
  });
});
