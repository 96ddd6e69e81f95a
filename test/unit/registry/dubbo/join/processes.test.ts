import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  BAR,
  BY_INTERFACE,
  type Contents,
  FakeTree,
  FOO,
  foo,
  instanceData,
  metadataData,
  options,
  PROVIDERS,
  problemsOf,
  project,
  providerNode,
  shown,
  TreeReading,
} from '../dubbo-fixtures.ts';

describe('processes', () => {
  const cases: [what: string, nodes: Contents, expected: readonly string[]][] = [
    ['of one provider', { [PROVIDERS]: [foo('dubbo://10.0.0.1:20880')] }, ['orders: 10.0.0.1:20880 up - dubbo:20880']],
    [
      'of two protocols on one host are one',
      { [PROVIDERS]: [foo('dubbo://10.0.0.1:20880'), foo('tri://10.0.0.1:50051')] },
      ['orders: 10.0.0.1:20880 up - dubbo:20880 tri:50051'],
    ],
    [
      'of two interfaces on one port are one',
      {
        [PROVIDERS]: [foo('dubbo://10.0.0.1:20880')],
        [`/dubbo/${BAR}/providers`]: [providerNode('dubbo://10.0.0.1:20880', BAR)],
      },
      ['orders: 10.0.0.1:20880 up - dubbo:20880'],
    ],
    [
      'of two ports of each protocol on one host are two',
      {
        [PROVIDERS]: [
          foo('dubbo://10.0.0.1:20881'),
          foo('tri://10.0.0.1:50052'),
          foo('tri://10.0.0.1:50051'),
          foo('dubbo://10.0.0.1:20880'),
        ],
      },
      ['orders: 10.0.0.1:20880 up - dubbo:20880 tri:50051', 'orders: 10.0.0.1:20881 up - dubbo:20881 tri:50052'],
    ],
    [
      'with two protocols on one port are told apart from those without',
      { [PROVIDERS]: [foo('dubbo://10.0.0.1:20880'), foo('dubbo://10.0.0.1:20881'), foo('tri://10.0.0.1:20881')] },
      ['orders: 10.0.0.1:20880 up - dubbo:20880', 'orders: 10.0.0.1:20881 up - dubbo:20881 tri:20881'],
    ],
    [
      'of two hosts are two',
      { [PROVIDERS]: [foo('dubbo://10.0.0.1:20880'), foo('dubbo://10.0.0.2:20880')] },
      ['orders: 10.0.0.1:20880 up - dubbo:20880', 'orders: 10.0.0.2:20880 up - dubbo:20880'],
    ],
    [
      'of two applications are in two services',
      { [PROVIDERS]: [foo('dubbo://10.0.0.1:20880'), foo('dubbo://10.0.0.2:20880', { application: 'carts' })] },
      ['carts: 10.0.0.2:20880 up - dubbo:20880', 'orders: 10.0.0.1:20880 up - dubbo:20880'],
    ],
    [
      'of the application level alone',
      { '/services/orders/10.0.0.1:20880': instanceData('10.0.0.1', { dubbo: 20880, tri: 50051 }) },
      ['orders: 10.0.0.1:20880 up - dubbo:20880 tri:50051'],
    ],
    [
      'of both levels are one, under the id of the application level',
      {
        [PROVIDERS]: [foo('dubbo://10.0.0.1:20880'), foo('tri://10.0.0.1:50051', { weight: '50' })],
        '/services/orders/10.0.0.1:50051': instanceData('10.0.0.1', { tri: 50051, dubbo: 20880 }),
      },
      ['orders: 10.0.0.1:50051 up 100 dubbo:20880 tri:50051'],
    ],
    [
      'of both levels on one host, two of each, are two',
      {
        [PROVIDERS]: [foo('dubbo://10.0.0.1:20880'), foo('dubbo://10.0.0.1:20881')],
        '/services/orders/10.0.0.1:20880': instanceData('10.0.0.1', { dubbo: 20880 }),
        '/services/orders/10.0.0.1:20881': instanceData('10.0.0.1', { dubbo: 20881 }),
      },
      ['orders: 10.0.0.1:20880 up - dubbo:20880', 'orders: 10.0.0.1:20881 up - dubbo:20881'],
    ],
    [
      'of another application on the port of a record are not its own',
      {
        [PROVIDERS]: [foo('dubbo://10.0.0.1:20880', { application: 'carts' })],
        '/services/orders/10.0.0.1:20880': instanceData('10.0.0.1', { dubbo: 20880 }),
      },
      ['carts: 10.0.0.1:20880 up - dubbo:20880', 'orders: 10.0.0.1:20880 up - dubbo:20880'],
    ],
    [
      'are found by the port of a record too',
      {
        [PROVIDERS]: [foo('dubbo://10.0.0.1:20880')],
        '/services/orders/10.0.0.1:20880': instanceData('10.0.0.1', { tri: 50051 }, {}, { port: 20880 }),
      },
      ['orders: 10.0.0.1:20880 up - dubbo:20880 tri:50051'],
    ],
    [
      'of Spring below the same root are none',
      {
        '/services/books/6f8b': instanceData('10.0.0.9', { http: 80 }),
        '/services/books/10.0.0.9:80': instanceData(
          '10.0.0.9',
          {},
          {},
          { payload: { '@class': 'org.springframework.cloud.zookeeper.discovery.ZookeeperInstance', metadata: {} } },
        ),
      },
      [],
    ],
    [
      'behind metadata without a record or mapping are none',
      { '/dubbo/metadata/orders/r1': metadataData({ [`${FOO}:dubbo`]: {} }), '/dubbo/mapping/com.acme.Foo': 'orders' },
      [],
    ],
    ['of an emptied directory are none', { [PROVIDERS]: [] }, []],
  ];
  for (const [what, nodes, expected] of cases) test(what, () => assert.deepEqual(shown(project(nodes)), expected));
});

describe('records that claim one port', () => {
  test('share its providers in one way, whichever came first', () => {
    const tree = new FakeTree({
      [PROVIDERS]: [foo('dubbo://10.0.0.1:1', { weight: '5' })],
      '/services/orders/10.0.0.1:2': instanceData('10.0.0.1', { tri: 2, dubbo: 1 }),
    });
    const reading = new TreeReading();
    reading.read(tree);
    tree.set('/services/orders/10.0.0.1:1', instanceData('10.0.0.1', { dubbo: 1 }));
    const expected = ['orders: 10.0.0.1:1 up 5 dubbo:1', 'orders: 10.0.0.1:2 up - dubbo:1 tri:2'];
    assert.deepEqual(shown(reading.read(tree)), expected);
    assert.deepEqual(shown(new TreeReading().read(tree)), expected);
  });
});

describe('a service by interface', () => {
  test('is one interface with its group and version', () => {
    const nodes = {
      [PROVIDERS]: [
        foo('dubbo://10.0.0.1:1', { group: 'a', version: '1.0', weight: '5' }),
        foo('tri://10.0.0.1:2', { weight: '7' }),
        foo('dubbo://10.0.0.2:1', { application: 'carts', disabled: 'true' }),
      ],
    };
    assert.deepEqual(shown(project(nodes, BY_INTERFACE)), [
      `${FOO}.v-1-0.g-a: 10.0.0.1:1 up 5 dubbo:1`,
      `${FOO}: 10.0.0.1:1 up 7 tri:2`,
      `${FOO}: 10.0.0.2:1 out-of-service - dubbo:1`,
    ]);
  });

  test('has records of the application level by their metadata', () => {
    const nodes = {
      '/services/orders/10.0.0.1:1': instanceData('10.0.0.1', { dubbo: 1, tri: 2 }),
      '/dubbo/metadata/orders/r1': metadataData({ [`${FOO}:dubbo`]: { weight: '5' }, [`a/${BAR}:1:tri`]: {} }),
    };
    assert.deepEqual(shown(project(nodes, BY_INTERFACE)), [
      `${BAR}.v-1.g-a: 10.0.0.1:1 up - tri:2`,
      `${FOO}: 10.0.0.1:1 up 5 dubbo:1`,
    ]);
  });

  test('lacks a record of which no interface is known, and says so', () => {
    const projected = project({ '/services/orders/10.0.0.1:1': instanceData('10.0.0.1', { dubbo: 1 }) }, BY_INTERFACE);
    assert.equal(projected.services.size, 0);
    assert.deepEqual(problemsOf(projected), [
      'INSTANCE_MALFORMED orders 10.0.0.1:1 it names no interface, and its metadata is not in the registry: with `services: interface` it is in no service',
    ]);
  });

  test('counts a process once that changed the name of its application', () => {
    const nodes = {
      [PROVIDERS]: [
        foo('dubbo://10.0.0.1:1', { application: 'a', weight: '5', timestamp: '1' }),
        foo('dubbo://10.0.0.1:1', { application: 'b', weight: '6', timestamp: '2' }),
      ],
    };
    const projected = project(nodes, BY_INTERFACE);
    assert.deepEqual(shown(projected), [`${FOO}: 10.0.0.1:1 up 6 dubbo:1`]);
    assert.deepEqual(problemsOf(projected), [`INSTANCE_DUPLICATE ${FOO} 10.0.0.1:1 10.0.0.1:1`]);
  });

  test('takes the first name of two that are equally new, whichever came first', () => {
    const [a, b] = ['a', 'b'].map((application, index) =>
      foo('dubbo://10.0.0.1:1', { application, weight: `${index}` }),
    );
    const tree = new FakeTree({ [PROVIDERS]: [b ?? ''] });
    const reading = new TreeReading(options(BY_INTERFACE));
    reading.read(tree);
    tree.set(PROVIDERS, [a ?? '', b ?? '']);
    assert.deepEqual(shown(reading.read(tree)), [`${FOO}: 10.0.0.1:1 up 0 dubbo:1`]);
  });
});
