import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ProjectionOptions } from '../../../../src/registry/dubbo/dubbo-projection.ts';
import {
  BAR,
  BY_INTERFACE,
  type Contents,
  consumerNode,
  encoded,
  FOO,
  foo,
  instanceData,
  OVERRIDES,
  PROVIDERS,
  problemsOf,
  project,
  providerNode,
  rule,
  scopeOf,
} from './dubbo-fixtures.ts';

describe('the inventory of a service', () => {
  const inventoryOf = (nodes: Contents, fields: Partial<ProjectionOptions> = {}): readonly unknown[] =>
    [...project(nodes, fields).services.values()].map(({ inventory }) => inventory && Object.fromEntries(inventory));

  test('names interfaces, groups, versions, consumers, owners, organizations and environments', () => {
    const nodes = {
      [PROVIDERS]: [
        foo('dubbo://10.0.0.2:1', { group: 'a', version: '1.0', owner: 'bob' }),
        foo('dubbo://10.0.0.1:1', { owner: 'ann', organization: 'acme', environment: 'live' }),
      ],
      [`/dubbo/${FOO}/consumers`]: [
        consumerNode('shop', FOO),
        consumerNode('web', FOO, { group: 'a', version: '1.0', timestamp: '1' }),
        consumerNode('web', FOO, { group: 'a', version: '1.0', timestamp: '2' }),
        consumerNode('any', FOO, { group: '*', version: '*' }),
        consumerNode('both', FOO, { group: 'x,a', version: '1.0' }),
        consumerNode('other', FOO, { group: 'b' }),
        'nonsense',
      ],
    };
    assert.deepEqual(inventoryOf(nodes), [
      {
        interfaces: [`a/${FOO}:1.0`, FOO],
        groups: ['a'],
        versions: ['1.0'],
        consumers: ['any', 'both', 'shop', 'web'],
        owners: ['ann', 'bob'],
        organizations: ['acme'],
        environments: ['live'],
      },
    ]);
    assert.deepEqual(
      inventoryOf(nodes, BY_INTERFACE).map((one) => (one as { consumers: unknown }).consumers),
      [
        ['any', 'shop'],
        ['any', 'both', 'web'],
      ],
    );
  });

  test('is not there where there is nothing to tell', () => {
    const nodes = { '/services/orders/10.0.0.1:1': instanceData('10.0.0.1', { dubbo: 1 }) };
    assert.deepEqual(inventoryOf(nodes), [undefined]);
  });
});

describe('problems', () => {
  const cases: [what: string, nodes: Contents, expected: readonly string[]][] = [
    [
      'tell of secrets by their keys',
      {
        [PROVIDERS]: [
          foo('dubbo://u:p@10.0.0.1:1', { token: 'hunter2' }),
          foo('tri://10.0.0.1:2', { accesskey: 'hunter2' }),
        ],
      },
      ['METADATA_SECRET_DROPPED orders 10.0.0.1:1 accesskey, token, user info'],
    ],
    [
      'tell of what outlives its process',
      { [PROVIDERS]: [foo('dubbo://10.0.0.1:1', { dynamic: 'false' })] },
      ['INSTANCE_PERSISTENT orders 10.0.0.1:1 dynamic=false'],
    ],
    [
      'tell of records that outlive their process',
      { '/services/orders/10.0.0.1:1': instanceData('10.0.0.1', { dubbo: 1 }, {}, { serviceType: 'PERMANENT' }) },
      ['INSTANCE_PERSISTENT orders 10.0.0.1:1 PERMANENT'],
    ],
    [
      'tell of weights that differ',
      { [PROVIDERS]: [foo('dubbo://10.0.0.1:1', { weight: '5' }), foo('tri://10.0.0.1:2')] },
      ['FIELD_IGNORED orders 10.0.0.1:1 its providers differ in weight (5, 100): 100 counts for all'],
    ],
    [
      'tell of weights that are none',
      { [PROVIDERS]: [foo('dubbo://10.0.0.1:1', { weight: 'heavy' }), foo('tri://10.0.0.1:2', { weight: 'heavy' })] },
      ['WEIGHT_INVALID orders 10.0.0.1:1 heavy'],
    ],
    [
      'tell of what is disabled in part',
      { [PROVIDERS]: [foo('dubbo://10.0.0.1:1', { disabled: 'true' }), foo('tri://10.0.0.1:2')] },
      ['FIELD_IGNORED orders 10.0.0.1:1 `disabled` of 1 of its 2 providers, because the others are in service'],
    ],
    [
      'tell of protocols that are not known',
      { [PROVIDERS]: [foo('odd://10.0.0.1:1')] },
      ['FIELD_IGNORED orders 10.0.0.1:1 its protocol odd is not known here, and is taken for TCP'],
    ],
    [
      'tell once what of a rule is not honoured',
      {
        [PROVIDERS]: [foo('dubbo://10.0.0.1:1'), foo('dubbo://10.0.0.2:1')],
        [OVERRIDES]: [encoded(`override://0.0.0.0/${FOO}?timeout=5&retries=1&weight=9`)],
      },
      [
        `FIELD_IGNORED orders  retries, timeout of a configurator for ${FOO}: not honoured, as only weight and disabled are`,
      ],
    ],
    [
      'tell of rules that cannot be read, where they are about somebody',
      {
        [PROVIDERS]: [foo('dubbo://10.0.0.1:1')],
        '/dubbo/config/dubbo/orders.configurators': '{',
        '/dubbo/config/dubbo/carts.configurators': '{',
      },
      ['FIELD_IGNORED orders  the configurator of orders cannot be read: it is no valid YAML'],
    ],
    [
      'tell of registrations that contradict each other',
      {
        [PROVIDERS]: [
          foo('dubbo://10.0.0.1:1', { timestamp: '1', a: '1' }),
          foo('dubbo://10.0.0.1:1', { timestamp: '2', a: '2' }),
        ],
      },
      [`INSTANCE_DUPLICATE orders 10.0.0.1:1 dubbo://10.0.0.1:1/${FOO}`],
    ],
    [
      'are none where a registration is there twice',
      { [PROVIDERS]: [foo('dubbo://10.0.0.1:1', { timestamp: '1' }), foo('dubbo://10.0.0.1:1', { timestamp: '2' })] },
      [],
    ],
    [
      'tell of nodes that cannot be read, by their number',
      { [PROVIDERS]: ['nonsense', 'dubbo://hunter2', encoded('dubbo://u:hunter2@10.0.0.1:x/y')] },
      [
        `INSTANCE_MALFORMED   1 provider of ${FOO}, because it is no URL`,
        `INSTANCE_MALFORMED   1 provider of ${FOO}, because it names no application`,
        `INSTANCE_MALFORMED   1 provider of ${FOO}, because its host and port cannot be told`,
      ],
    ],
    [
      'tell of records that cannot be used',
      { '/services/orders/10.0.0.1:0': instanceData('10.0.0.1', { dubbo: 0 }) },
      ['INSTANCE_MALFORMED orders 10.0.0.1:0 it has no usable port'],
    ],
  ];
  for (const [what, nodes, expected] of cases) test(what, () => assert.deepEqual(problemsOf(project(nodes)), expected));

  test('are told only of what is in scope', () => {
    const bad = { application: 'carts', dynamic: 'false', token: 'x', weight: 'heavy' };
    const nodes = {
      [PROVIDERS]: [foo('dubbo://10.0.0.1:1'), foo('dubbo://10.0.0.2:1', bad)],
      [`/dubbo/${BAR}/providers`]: ['nonsense', providerNode('dubbo://10.0.0.2:1', BAR, bad)],
      '/dubbo/config/dubbo/carts.configurators': '{',
      '/services/carts/10.0.0.2:0': instanceData('10.0.0.2', { dubbo: 0 }),
    };
    assert.deepEqual(problemsOf(project(nodes, {}, scopeOf(rule({ application: ['orders'] })))), []);
  });
});
