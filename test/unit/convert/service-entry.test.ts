import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compileEndpointRules } from '../../../src/convert/endpoint-rules.ts';
import type { ResourceName } from '../../../src/convert/entry.ts';
import type { Naming } from '../../../src/convert/names.ts';
import type { ConvertOptions } from '../../../src/convert/options.ts';
import { ownershipOf } from '../../../src/convert/ownership.ts';
import { convertUnit, type Joined } from '../../../src/convert/service-entry.ts';
import { serviceKey } from '../../../src/model/service.ts';
import { convertOptions } from '../../fakes/convert-values.ts';
import { anInstance, aService } from '../../fakes/model-values.ts';

const NAMING: Naming = {
  host: 'orders.shop.legacy',
  resourceName: 'shop/bridge.legacy.orders' as ResourceName,
  addresses: ['241.1.2.3'],
  services: [serviceKey('legacy', 'orders')],
};

function convert(services: Joined, naming: Partial<Naming> = {}, options: Partial<ConvertOptions> = {}) {
  const all = convertOptions(options);
  return convertUnit({ ...NAMING, ...naming }, services, all, compileEndpointRules(all.endpointRules));
}

describe('one service becomes one entry', () => {
  test('with all that Istio needs said, nothing left to its defaults', () => {
    assert.deepEqual(convert([aService('orders')]), {
      services: ['legacy/orders'],
      entry: {
        kind: 'networking.istio.io/ServiceEntry',
        name: 'shop/bridge.legacy.orders',
        labels: {
          'app.kubernetes.io/instance': 'bridge',
          'app.kubernetes.io/managed-by': 'footbridge',
          'app.kubernetes.io/name': 'orders',
          'footbridge.io/registry': 'legacy',
          'footbridge.io/service': 'orders',
        },
        annotations: {},
        spec: {
          hosts: ['orders.shop.legacy'],
          addresses: ['241.1.2.3'],
          ports: [{ number: 80, protocol: 'HTTP', name: 'http' }],
          location: 'MESH_INTERNAL',
          resolution: 'STATIC',
          endpoints: [{ address: '10.0.0.1', ports: { http: 8080 } }],
          exportTo: ['.'],
        },
      },
      problems: [],
    });
  });

  test('with location and visibility as configured', () => {
    const spec = convert([aService('orders')], {}, { location: 'external', exportTo: ['a', 'b'] }).entry?.spec;
    assert.deepEqual([spec?.location, spec?.exportTo], ['MESH_EXTERNAL', ['a', 'b']]);
  });

  test('that stays without endpoints when nothing can be routed, because deleting the name would be worse', () => {
    for (const status of ['down', 'gone'] as const) {
      const { entry } = convert([aService('orders', [anInstance({ status })])]);
      assert.deepEqual(entry?.spec.endpoints, []);
      assert.equal(entry?.spec.ports.length, 1);
    }
  });

  test('or none, when there is no port to publish', () => {
    const ports = [{ name: 'http', number: 0, protocol: 'http', secure: false }] as const;
    const { entry, problems } = convert([
      aService('orders', [anInstance({ ports }), anInstance({ id: 'x', ports, status: 'gone' })]),
    ]);
    assert.equal(entry, undefined);
    assert.deepEqual(
      problems.map(({ code, instance }) => `${code} ${instance}`),
      ['PORT_INVALID one', 'NO_PORTS '],
    );
  });

  test('or none, when Istio would refuse it after all', () => {
    const { entry, problems } = convert([aService('orders')], { host: 'not_valid.shop' });
    assert.equal(entry, undefined);
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['ENTRY_INVALID'],
    );
  });
});

describe('joined services', () => {
  const naming = { services: [serviceKey('new', 'orders'), serviceKey('legacy', 'orders')] };
  const both = (version: string) => anInstance({ metadata: new Map([['version', version]]) });

  test('share endpoints: what both list counts once, as the first service has it, and is no problem', () => {
    const services: Joined = [
      aService('orders', [both('v2')], 'new'),
      aService('orders', [both('v1'), anInstance({ id: 'two', address: '10.0.0.2' })]),
    ];
    const { entry, problems, services: keys } = convert(services, naming);
    assert.deepEqual(keys, ['new/orders', 'legacy/orders']);
    assert.deepEqual(entry?.spec.endpoints, [
      { address: '10.0.0.1', ports: { http: 8080 }, labels: { version: 'v2' } },
      { address: '10.0.0.2', ports: { http: 8080 } },
    ]);
    assert.deepEqual(problems, []);
  });

  test('share ports: they are decided over all instances', () => {
    const grpc = [{ name: 'grpc', number: 9090, protocol: 'grpc', secure: false }] as const;
    const services: Joined = [
      aService(
        'orders',
        [anInstance({ ports: grpc }), anInstance({ id: 'b', ports: grpc, address: '10.0.0.2' })],
        'new',
      ),
      aService('orders', [anInstance({ address: '10.0.0.3' })]),
    ];
    const { entry, problems } = convert(services, naming);
    assert.deepEqual(entry?.spec.ports, [{ number: 50_051, protocol: 'GRPC', name: 'grpc' }]);
    assert.deepEqual(
      problems.map(({ code, registry }) => `${code} ${registry}`),
      ['PORT_NOT_OFFERED legacy'],
    );
  });

  test('are labelled alike, whoever of them is present', () => {
    const one = convert([aService('orders')], naming).entry;
    const other = convert([aService('orders', [anInstance()], 'new')], naming).entry;
    assert.deepEqual(one?.labels, other?.labels);
    assert.deepEqual(one?.annotations, { 'footbridge.io/services': 'legacy/orders, new/orders' });
  });
});

describe('ownership', () => {
  const of = (name: string, options: Partial<ConvertOptions> = {}) =>
    ownershipOf([serviceKey('legacy', name)], convertOptions(options));

  const rows: readonly (readonly [name: string, label: string | undefined, annotation: string | undefined])[] = [
    ['orders', 'orders', undefined],
    ['ORDER_SVC.v1', 'ORDER_SVC.v1', undefined],
    ['group:default/x', 'group-default-x', 'group:default/x'],
    ['-x-', 'x', '-x-'],
    ['订单', undefined, '订单'],
    ['x'.repeat(64), 'x'.repeat(63), 'x'.repeat(64)],
    ['', undefined, undefined],
    ['a\ud800b', 'a-b', 'a\ufffdb'],
    ['y'.repeat(5000), 'y'.repeat(63), 'y'.repeat(1024)],
  ];
  for (const [name, label, annotation] of rows) {
    test(`the service ${JSON.stringify(name.slice(0, 20))} is named by a label, or as it is by an annotation`, () => {
      const { labels, annotations } = of(name);
      assert.equal(labels['footbridge.io/service'], label);
      assert.equal(labels['app.kubernetes.io/name'], label);
      assert.equal(annotations['footbridge.io/service'], annotation);
    });
  }

  test('team and system come from the configuration, bent like names', () => {
    const owner = { team: 'a team', partOf: 'checkout', labels: { x: 'y' }, annotations: { contact: 'a@b' } };
    const { labels, annotations } = of('orders', { owner, labelPrefix: 'own.example' });
    assert.equal(labels['own.example/team'], 'a-team');
    assert.equal(labels['app.kubernetes.io/part-of'], 'checkout');
    assert.equal(labels['x'], 'y');
    assert.deepEqual(annotations, { contact: 'a@b', 'own.example/team': 'a team' });
  });

  test('keys are sorted', () => {
    const { labels } = of('orders', { owner: { team: 't', partOf: 'p', labels: { z: '1', a: '2' }, annotations: {} } });
    assert.deepEqual(Object.keys(labels), Object.keys(labels).sort());
  });
});
