import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { admitted, ENTRY, unitOf, unitWithEndpoint } from './scope-fixtures.ts';

const RESERVED = [
  ...[
    'istio.io/rev',
    'topology.istio.io/network',
    'sidecar.istio.io/inject',
    'networking.istio.io/exportTo',
    'ISTIO.io/rev',
    'istio-locality',
  ],
  ...[
    'kubernetes.io/hostname',
    'topology.kubernetes.io/region',
    'pod-security.kubernetes.io/enforce',
    'k8s.io/a',
    'gateway.networking.k8s.io/b',
  ],
  ...['app.kubernetes.io/version', 'kubernetes.io/a/b'],
];
const TLS_MODE = 'security.istio.io/tlsMode';
const FREE = [
  'version',
  'app',
  'rev',
  'example.com/istio.io',
  'notistio.io/a',
  'istio.io.example.com/a',
  'istio',
  '__proto__',
  'constructor',
  '',
];

describe('labels of an endpoint', () => {
  for (const key of [...RESERVED, 'footbridge.io/team', 'a.footbridge.io/b', 'app.kubernetes.io/name']) {
    test(`${key} is dropped, and the endpoint stays with its other labels`, () => {
      const { entry, problems } = admitted(unitWithEndpoint({ labels: { version: 'v1', [key]: 'x' } }), {
        endpointLabels: ['version', key],
      });
      assert.deepEqual(entry, ENTRY);
      assert.deepEqual(
        problems.map(({ code, value }) => [code, value]),
        [['LABEL_RESERVED', key]],
      );
    });
  }

  for (const key of FREE) {
    test(`${key || 'an empty key'} passes where it is listed, and there alone`, () => {
      const unit = unitWithEndpoint({ labels: Object.fromEntries([[key, 'x']]) });
      assert.equal(admitted(unit, { endpointLabels: [key] }), unit);
      const { entry, problems } = admitted(unit, { endpointLabels: ['other'] });
      assert.deepEqual(entry?.spec.endpoints, [{ address: '10.1.2.3', ports: { http: 8080 } }]);
      assert.deepEqual(
        problems.map(({ code, value }) => [code, value]),
        [['LABEL_OUT_OF_SCOPE', key]],
      );
    });
  }

  test('an endpoint that loses its last label has none', () => {
    const { entry } = admitted(unitWithEndpoint({ labels: { 'istio.io/rev': 'x' } }));
    assert.deepEqual(entry?.spec.endpoints, [{ address: '10.1.2.3', ports: { http: 8080 } }]);
  });

  test('the TLS mode passes with the values that rules give it, and with no other', () => {
    const tls = (mode: string) => unitWithEndpoint({ labels: { [TLS_MODE]: mode } });
    const istio = tls('istio');
    assert.equal(admitted(istio, { tlsModes: ['istio'] }), istio);
    for (const tlsModes of [['disabled'], []])
      assert.equal(admitted(istio, { tlsModes, endpointLabels: [TLS_MODE] }).problems[0]?.code, 'LABEL_RESERVED');
  });
});

describe('labels and annotations of an entry', () => {
  for (const key of RESERVED) {
    test(`${key} is dropped from both, and what is ours stays`, () => {
      const labels = { ...ENTRY.labels, [key]: 'x' };
      const annotations = { ...ENTRY.annotations, [key]: 'x' };
      const { entry, problems } = admitted(unitOf({ ...ENTRY, labels, annotations }));
      assert.deepEqual(entry, ENTRY);
      assert.equal(problems.length, 2);
    });
  }

  test('a free key is dropped from both unless the configuration sets it', () => {
    const forged = { 'example.com/owner': 'x' };
    const unit = unitOf({
      ...ENTRY,
      labels: { ...ENTRY.labels, ...forged },
      annotations: { ...ENTRY.annotations, ...forged },
    });
    const { entry, problems } = admitted(unit);
    assert.deepEqual(entry, ENTRY);
    assert.deepEqual(
      problems.map(({ code, value }) => [code, value]),
      [
        ['LABEL_OUT_OF_SCOPE', 'example.com/owner'],
        ['LABEL_OUT_OF_SCOPE', 'example.com/owner'],
      ],
    );
    assert.equal(admitted(unit, { ownerKeys: ['example.com/owner'] }), unit);
  });

  test('what the configuration sets itself passes', () => {
    const unit = unitOf({ ...ENTRY, annotations: { 'networking.istio.io/traffic-distribution': 'PreferClose' } });
    assert.equal(admitted(unit, { ownerKeys: ['networking.istio.io/traffic-distribution'] }), unit);
  });

  test('our own prefix passes even where it lies below a reserved one', () => {
    const unit = unitOf({ ...ENTRY, labels: { 'bridge.k8s.io/team': 'x' }, annotations: {} });
    assert.equal(admitted(unit, { labelPrefix: 'bridge.k8s.io' }), unit);
  });

  test('on endpoints our own prefix is reserved in any spelling', () => {
    const options = { labelPrefix: 'Bridge.example', endpointLabels: ['bridge.Example/team'] };
    const { problems } = admitted(unitWithEndpoint({ labels: { 'bridge.Example/team': 'x' } }), options);
    assert.equal(problems.find(({ value }) => value === 'bridge.Example/team')?.code, 'LABEL_RESERVED');
  });

  test('the four ownership labels of Kubernetes pass', () => {
    const labels = Object.fromEntries(
      ['name', 'part-of', 'managed-by', 'instance'].map((name) => [`app.kubernetes.io/${name}`, 'x']),
    );
    const unit = unitOf({ ...ENTRY, labels });
    assert.equal(admitted(unit), unit);
  });
});
