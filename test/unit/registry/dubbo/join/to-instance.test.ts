import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ProjectionOptions } from '../../../../../src/registry/dubbo/dubbo-projection.ts';
import {
  BAR,
  type Contents,
  encoded,
  FOO,
  foo,
  instanceData,
  metadataData,
  OVERRIDES,
  onlyInstance,
  PROVIDERS,
  project,
  providerNode,
} from '../dubbo-fixtures.ts';

type Parameters = Readonly<Record<string, string>>;

describe('weight and status', () => {
  const both = (parameters: Parameters, others: Parameters): Contents => ({
    [PROVIDERS]: [foo('dubbo://10.0.0.1:1', parameters)],
    [`/dubbo/${BAR}/providers`]: [providerNode('dubbo://10.0.0.1:1', BAR, others)],
  });
  const override = (text: string): Contents => ({
    [PROVIDERS]: [foo('dubbo://10.0.0.1:1', { weight: '50' })],
    [OVERRIDES]: [encoded(text)],
  });
  const cases: [what: string, nodes: Contents, expected: string][] = [
    ['nobody says anything', both({}, {}), 'up -'],
    ['all say the same', both({ weight: '5' }, { weight: '5' }), 'up 5'],
    ['one says nothing, and so says 100', both({ weight: '500' }, {}), 'up 500'],
    ['they differ: the highest of two', both({ weight: '5' }, { weight: '7' }), 'up 7'],
    ['zero means no traffic', both({ weight: '0' }, { weight: '0' }), 'up 0'],
    ['below zero means no traffic', both({ weight: '-1' }, { weight: '-1' }), 'up 0'],
    ['no number says nothing', both({ weight: 'heavy' }, { weight: '5' }), 'up 100'],
    ['one is disabled', both({ disabled: 'true', weight: '5' }, { weight: '7' }), 'up 7'],
    ['all are disabled', both({ disabled: 'true' }, { disabled: 'TRUE' }), 'out-of-service -'],
    ['all are not enabled', both({ enabled: 'false' }, { enabled: 'no' }), 'out-of-service -'],
    ['`disabled` decides before `enabled`', both({ disabled: 'false', enabled: 'false' }, {}), 'up -'],
    ['an override changes the weight', override(`override://0.0.0.0/${FOO}?weight=9`), 'up 9'],
    ['an override takes it out', override(`override://10.0.0.1:1/${FOO}?disabled=true`), 'out-of-service 50'],
    ['an override for another one does not', override(`override://10.0.0.2:1/${FOO}?disabled=true`), 'up 50'],
    [
      'a document takes an endpoint out of which no more is known',
      {
        '/services/orders/10.0.0.1:1': instanceData('10.0.0.1', { dubbo: 1, tri: 2 }),
        '/dubbo/config/dubbo/orders.configurators':
          'scope: application\nkey: orders\nconfigs: [{side: provider, parameters: {disabled: true}}]',
      },
      'out-of-service -',
    ],
    [
      'a document of 2.7.0 is found at its old place',
      {
        '/services/orders/10.0.0.1:1': instanceData('10.0.0.1', { dubbo: 1 }),
        '/dubbo/config/orders/configurators':
          'scope: application\nkey: orders\nconfigs: [{side: provider, parameters: {weight: 5}}]',
      },
      'up 5',
    ],
    [
      'a record is not enabled',
      { '/services/orders/10.0.0.1:1': instanceData('10.0.0.1', { dubbo: 1 }, {}, { enabled: false }) },
      'out-of-service -',
    ],
    [
      'metadata in the registry says what a record does not',
      {
        '/services/orders/10.0.0.1:1': instanceData('10.0.0.1', { dubbo: 1 }),
        '/dubbo/metadata/orders/r1': metadataData({
          [`${FOO}:dubbo`]: { weight: '5' },
          [`${BAR}:dubbo`]: { weight: '5' },
        }),
      },
      'up 5',
    ],
    [
      'providers say more than metadata',
      {
        [PROVIDERS]: [foo('dubbo://10.0.0.1:1', { weight: '6' })],
        '/services/orders/10.0.0.1:1': instanceData('10.0.0.1', { dubbo: 1 }),
        '/dubbo/metadata/orders/r1': metadataData({ [`${FOO}:dubbo`]: { weight: '5' } }),
      },
      'up 6',
    ],
  ];
  for (const [what, nodes, expected] of cases) {
    test(`where ${what}`, () => {
      const { status, weight } = onlyInstance(project(nodes));
      assert.equal(`${status} ${weight ?? '-'}`, expected);
    });
  }
});

describe('an instance', () => {
  test('has the version of its application, and that of an interface only where it is the service', () => {
    const version = (services: 'application' | 'interface', parameters: Parameters) =>
      onlyInstance(project({ [PROVIDERS]: [foo('dubbo://10.0.0.1:1', parameters)] }, { services })).metadata.get(
        'version',
      );
    const both = { version: '1.0.0', 'application.version': '7' };
    assert.equal(version('application', both), '7');
    assert.equal(version('application', { version: '1.0.0' }), undefined);
    assert.equal(version('interface', both), '1.0.0');
  });

  test('says what all its providers say alike, and what its record says', () => {
    const { metadata, attributes } = onlyInstance(
      project({
        [PROVIDERS]: [
          foo('dubbo://10.0.0.1:1', {
            owner: 'ann',
            group: 'a',
            version: '1',
            environment: 'live',
            'dubbo.tag': 'gray',
          }),
          foo('dubbo://10.0.0.1:1', { owner: 'ann', group: 'b', environment: 'live' }),
        ],
        '/services/orders/10.0.0.1:1': instanceData('10.0.0.1', { dubbo: 1 }, { team: 'payments' }),
      }),
    );
    const said = { application: 'orders', environment: 'live', owner: 'ann', team: 'payments' };
    assert.deepEqual(Object.fromEntries(metadata), said);
    assert.deepEqual(Object.fromEntries(attributes), {
      application: ['orders'],
      interface: [FOO],
      group: ['a', 'b'],
      version: ['1'],
      environment: ['live'],
    });
  });

  const places: [
    what: string,
    parameters: readonly Parameters[],
    fields: Partial<ProjectionOptions>,
    expected: string | undefined,
  ][] = [
    ['by its zone', [{ zone: 'z1' }], {}, 'z1'],
    ['by region and zone', [{ zone: 'z1', region: 'r1' }], {}, 'r1/z1'],
    ['by its region', [{ region: 'r1' }], {}, 'r1'],
    ['by its zone and the configured region', [{ zone: 'z1' }], { region: 'r2' }, 'r2/z1'],
    ['by its own region before the configured one', [{ zone: 'z1', region: 'r1' }], { region: 'r2' }, 'r1/z1'],
    ['nowhere, whatever region is configured', [{}], { region: 'r2' }, undefined],
    ['by what one provider says and no other contradicts', [{ zone: 'z1' }, { group: 'b' }], {}, 'z1'],
    ['nowhere, where its providers contradict each other', [{ zone: 'z1' }, { zone: 'z2', group: 'b' }], {}, undefined],
    ['by the keys that are configured', [{ az: 'z1' }], { metadataKeys: { zone: ['az'], region: [] } }, 'z1'],
  ];
  for (const [what, parameters, fields, expected] of places) {
    test(`is placed ${what}`, () => {
      const nodes = { [PROVIDERS]: parameters.map((one) => foo('dubbo://10.0.0.1:1', one)) };
      assert.equal(onlyInstance(project(nodes, fields)).locality, expected);
    });
  }

  test('is placed by its record before its providers', () => {
    const nodes = {
      [PROVIDERS]: [foo('dubbo://10.0.0.1:1', { zone: 'z1' })],
      '/services/orders/10.0.0.1:1': instanceData('10.0.0.1', { dubbo: 1 }, { zone: 'z9' }),
    };
    assert.equal(onlyInstance(project(nodes)).locality, 'z9');
  });
});
