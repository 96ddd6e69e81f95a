// Answers as an istiod of August 2026 gave them, cut to what matters, and what else may stand at such an address.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { entriesIn, kubernetesServicesIn, meshConfigIn, sidecarsIn } from '../../../src/check/istiod/decode-pages.ts';

const CONFIGZ = `[{"kind":"PeerAuthentication","apiVersion":"security.istio.io/v1","metadata":{"name":"default","namespace":"istio-system"},"spec":{"mtls":{"mode":"DISABLE"}}},
{"kind":"ServiceEntry","metadata":{"name":"hand","namespace":"payments"},"spec":{"hosts":["orders.payments.file"]}},
{"kind":"ServiceEntry","metadata":{"name":"bridge.file.orders","namespace":"payments","resourceVersion":"2d8171aee8f98abe","creationTimestamp":"2100-01-01T00:00:00Z"},"spec":{"hosts":["orders.payments.file"],"addresses":["241.201.77.239"]}}]`;
const REGISTRYZ = `[{"Attributes":{"ServiceRegistry":"External","Name":"orders.payments.file","Namespace":"payments"},"hostname":"orders.payments.file"},
{"Attributes":{"ServiceRegistry":"Kubernetes","Name":"kubernetes","Namespace":"default"},"hostname":"kubernetes.default.svc.cluster.local"}]`;
const MESH = `{"proxyListenPort":15001,"defaultConfig":{"proxyMetadata":{"ISTIO_META_DNS_CAPTURE":"true"}},"configSources":[{"address":"k8s://"},{"address":"xds://bridge:9902","tlsSettings":{"mode":"SIMPLE"}}]}`;
const ADSZ = `{"totalClients":2,"clients":[{"connectionId":"sidecar-0.payments-1","address":"127.0.0.1:4","metadata":{"DNS_CAPTURE":"true","NAMESPACE":"payments"}},{"connectionId":"gateway-0.payments-2","metadata":{"NAMESPACE":"payments"}}]}`;
const SYNCZ = `[{"proxy":"sidecar-0.payments","proxy_type":"sidecar"},{"proxy":"gateway-0.payments","proxy_type":"router"}]`;

describe('the debug pages of istiod', () => {
  test('tell which ServiceEntries it holds, with versions and hosts', () => {
    assert.deepEqual(entriesIn(CONFIGZ), [
      { name: 'payments/hand', version: '', hosts: ['orders.payments.file'] },
      { name: 'payments/bridge.file.orders', version: '2d8171aee8f98abe', hosts: ['orders.payments.file'] },
    ]);
    assert.deepEqual(entriesIn('null'), [], 'Go writes an empty list so');
  });

  test('tell which Services of Kubernetes there are', () =>
    assert.deepEqual(kubernetesServicesIn(REGISTRYZ), [
      { host: 'kubernetes.default.svc.cluster.local', namespace: 'default' },
    ]));

  test('tell sources and what proxies are given', () => {
    assert.deepEqual(meshConfigIn(MESH), {
      sources: [
        { address: 'k8s://', tlsMode: '' },
        { address: 'xds://bridge:9902', tlsMode: 'SIMPLE' },
      ],
      proxyMetadata: new Map([['ISTIO_META_DNS_CAPTURE', 'true']]),
    });
    assert.deepEqual(meshConfigIn('{"defaultConfig":{}}'), { sources: [], proxyMetadata: new Map() });
    assert.equal(meshConfigIn('{"config_sources":[]}'), undefined, 'another form is not taken for an empty one');
  });

  test('tell of sidecars alone whether they capture DNS, and of all where no types are told', () => {
    const sidecar = { id: 'sidecar-0.payments', capturesDns: true };
    assert.deepEqual(sidecarsIn(ADSZ, SYNCZ), [sidecar]);
    assert.deepEqual(sidecarsIn(ADSZ, ''), [sidecar, { id: 'gateway-0.payments', capturesDns: false }]);
    assert.deepEqual(sidecarsIn('{"totalClients":0}', '[]'), []);
  });

  test('that are none are told apart from empty ones', () => {
    for (const text of ['', 'x', '<html></html>', '7', '"x"']) {
      assert.equal(entriesIn(text), undefined, text);
      assert.equal(kubernetesServicesIn(text), undefined, text);
      assert.equal(meshConfigIn(text), undefined, text);
      assert.equal(sidecarsIn(text, text), undefined, text);
    }
  });

  test('of whatever form never end a check', () => {
    const page = fc.oneof(
      fc.json(),
      fc.string(),
      fc.json().map((inner) => `[{"kind":"ServiceEntry","metadata":${inner},"spec":${inner}}]`),
      fc
        .json()
        .map((inner) => `{"configSources":${inner},"clients":${inner},"defaultConfig":{"proxyMetadata":${inner}}}`),
      fc.json().map((inner) => `{"configSources":[${inner}],"clients":[${inner}],"defaultConfig":${inner}}`),
    );
    fc.assert(
      fc.property(page, (text) => {
        entriesIn(text);
        kubernetesServicesIn(text);
        meshConfigIn(text);
        sidecarsIn(text, text);
      }),
    );
  });
});
