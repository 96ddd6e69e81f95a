import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createGate } from '../../../src/admit/gate.ts';
import { ENTRY, OPTIONS, unitOf, unitWithEndpoint } from './scope-fixtures.ts';

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
      const { entry, problems } = createGate(OPTIONS).admit(
        unitWithEndpoint({ labels: { version: 'v1', [key]: 'x' } }),
      );
      assert.deepEqual(entry, ENTRY);
      assert.deepEqual(
        problems.map(({ code, value }) => [code, value]),
        [['LABEL_RESERVED', key]],
      );
    });
  }

  for (const key of FREE) {
    test(`${key || 'an empty key'} passes`, () => {
      const unit = unitWithEndpoint({ labels: Object.fromEntries([[key, 'x']]) });
      assert.equal(createGate(OPTIONS).admit(unit), unit);
    });
  }

  test('an endpoint that loses its last label has none', () => {
    const { entry } = createGate(OPTIONS).admit(unitWithEndpoint({ labels: { 'istio.io/rev': 'x' } }));
    assert.deepEqual(entry?.spec.endpoints, [{ address: '10.1.2.3', ports: { http: 8080 } }]);
  });

  test('the TLS mode passes with the values that rules give it, and with no other', () => {
    const tls = (mode: string) => unitWithEndpoint({ labels: { 'security.istio.io/tlsMode': mode } });
    for (const unit of [tls('istio'), tls('disabled')]) assert.equal(createGate(OPTIONS).admit(unit), unit);
    assert.equal(createGate(OPTIONS).admit(tls('x')).problems[0]?.code, 'LABEL_RESERVED');
  });
});

describe('labels and annotations of an entry', () => {
  for (const key of RESERVED) {
    test(`${key} is dropped from both, and what is ours stays`, () => {
      const labels = { ...ENTRY.labels, [key]: 'x' };
      const annotations = { ...ENTRY.annotations, [key]: 'x' };
      const { entry, problems } = createGate(OPTIONS).admit(unitOf({ ...ENTRY, labels, annotations }));
      assert.deepEqual(entry, ENTRY);
      assert.equal(problems.length, 2);
    });
  }

  test('what the configuration sets itself passes', () => {
    const options = { ...OPTIONS, ownerKeys: ['networking.istio.io/traffic-distribution'] };
    const unit = unitOf({ ...ENTRY, annotations: { 'networking.istio.io/traffic-distribution': 'PreferClose' } });
    assert.equal(createGate(options).admit(unit), unit);
  });

  test('our own prefix passes even where it lies below a reserved one', () => {
    const unit = unitOf({ ...ENTRY, labels: { 'bridge.k8s.io/team': 'x' } });
    assert.equal(createGate({ ...OPTIONS, labelPrefix: 'bridge.k8s.io' }).admit(unit), unit);
  });

  test('on endpoints our own prefix is reserved in any spelling', () => {
    const options = { ...OPTIONS, labelPrefix: 'Bridge.example' };
    const { problems } = createGate(options).admit(unitWithEndpoint({ labels: { 'bridge.Example/team': 'x' } }));
    assert.equal(problems[0]?.code, 'LABEL_RESERVED');
  });

  test('the four ownership labels of Kubernetes pass', () => {
    const labels = Object.fromEntries(
      ['name', 'part-of', 'managed-by', 'instance'].map((name) => [`app.kubernetes.io/${name}`, 'x']),
    );
    const unit = unitOf({ ...ENTRY, labels });
    assert.equal(createGate(OPTIONS).admit(unit), unit);
  });
});
