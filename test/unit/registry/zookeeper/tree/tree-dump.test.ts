import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Service, serviceKey } from '../../../../../src/model/service.ts';
import { OUTSIDE_UNKNOWN } from '../../../../../src/registry/outside.ts';
import { zooKeeperFailure } from '../../../../../src/registry/zookeeper/failure.ts';
import { recordTree, replayTree, type TreeMask } from '../../../../../src/registry/zookeeper/tree/tree-dump.ts';
import type {
  NodeContent,
  TreeChange,
  TreeNode,
  TreeProjection,
} from '../../../../../src/registry/zookeeper/tree-plan.ts';
import { readTree, treeOf } from '../../../../fakes/planned-tree.ts';
import { type Role, servicePlan } from '../../../../fakes/tree-run.ts';

const NO_MASK: TreeMask = { name: (name) => name, data: (text) => text };

/** A service for each directory with instances, each with its data as id. */
function projection(roots?: readonly string[]): TreeProjection<Role> {
  const plan = servicePlan(roots);
  const project: TreeProjection<Role>['project'] = (changes) => {
    return { services: servicesOf(changes), problems: [], ofServices: 0 };
  };
  return { ...plan, expand: plan.expand, project };
}

function servicesOf(changes: readonly TreeChange<Role>[]): ReadonlyMap<Service['key'], Service> {
  const services = new Map<Service['key'], Service>();
  for (const { node } of changes) {
    const { want, content } = node;
    if (want.role !== 'instance' || content?.kind !== 'data') continue;
    const name = want.path.split('/')[2] ?? '';
    const key = serviceKey('zk', name);
    const former = services.get(key)?.instances ?? [];
    services.set(key, { key, registry: 'zk', name, instances: [...former, instance(content.data.toString())] });
  }
  return services;
}

function instance(id: string): Service['instances'][number] {
  const nothing = { weight: undefined, locality: undefined, metadata: new Map(), attributes: new Map() };
  return { id, address: '10.0.0.1', ports: [], status: 'up', ...nothing };
}

function node(path: string, content: NodeContent | undefined, role: Role = 'instance'): TreeNode<Role> {
  const what = content?.kind === 'children' ? 'children' : 'data';
  return { want: { path, what, role }, content, obstacle: undefined };
}

function replay(recorded: unknown, roots?: readonly string[]) {
  return replayTree(JSON.stringify(recorded), 'zk', projection(roots));
}

describe('a recorded tree', () => {
  test('holds what was read, sorted by path, and not what was not there', () => {
    const nodes = [
      node('/b', { kind: 'data', data: Buffer.from('ü') }),
      node('/b', { kind: 'children', names: ['y', 'x'] }),
      node('/a', { kind: 'missing' }),
      node('/B', { kind: 'data', data: Buffer.alloc(0) }),
      { ...node('/c', undefined), obstacle: zooKeeperFailure('ZOOKEEPER_FORBIDDEN', 'Path /c may not be read') },
    ];
    const recorded = recordTree(nodes, NO_MASK);
    assert.deepEqual(Object.keys(recorded), ['/B', '/b', '/c']);
    assert.deepEqual(recorded['/b'], { data: 'ü', children: ['x', 'y'] });
    assert.equal(recorded['/c']?.obstacle?.code, 'ZOOKEEPER_FORBIDDEN');
  });

  test('holds no secret, neither in data nor in names, and a masked name is the same in lists and paths', () => {
    const seen: string[] = [];
    const mask: TreeMask = {
      name(name) {
        seen.push(name);
        return name.replace(/token%3D\w+/, 'token%3D***');
      },
      data: (text) => text.replace('hunter2', '***'),
    };
    const path = '/r/a%3Ftoken%3Dhunter2';
    const nodes = [
      node('/r', { kind: 'children', names: ['a%3Ftoken%3Dhunter2', 'a%3Ftoken%3Dhunter3'] }),
      node(path, { kind: 'data', data: Buffer.from('password=hunter2') }),
      { ...node(`${path}/x`, undefined), obstacle: zooKeeperFailure('ZOOKEEPER_FORBIDDEN', `Path ${path}/x may not`) },
    ];
    const recorded = recordTree(nodes, mask);
    assert.doesNotMatch(JSON.stringify(recorded), /hunter/);
    assert.deepEqual(Object.keys(recorded), ['/r', '/r/a%3Ftoken%3D***', '/r/a%3Ftoken%3D***/x']);
    assert.deepEqual(recorded['/r']?.children, ['a%3Ftoken%3D***']);
    assert.equal(new Set(seen).size, seen.length, 'each name is masked, and counted, once');
  });

  test('shows bytes that are no text as every decoder reads them', () => {
    const recorded = recordTree([node('/a', { kind: 'data', data: Buffer.from([0x61, 0xff]) })], NO_MASK);
    assert.deepEqual(recorded, { '/a': { data: 'a\ufffd' } });
  });
});

describe('a replayed tree', () => {
  test('gives a projection all that the living tree gave it', () => {
    const text = fc.constantFrom('', 'one', 'ü', '{"a":1}');
    const path = fc
      .tuple(fc.constantFrom('a', 'b', '__proto__'), fc.constantFrom('1', '2'))
      .map((parts) => `/r/${parts.join('/')}`);
    fc.assert(
      fc.property(fc.dictionary(path, text), (data) => {
        const plan = projection();
        const living = [...readTree(plan, { '/r': {}, ...treeOf(data) }).values()];
        const { services, problems } = plan.project(living.map((one) => ({ kind: 'read', node: one })));
        assert.deepEqual(replay(recordTree(living, NO_MASK)), {
          kind: 'content',
          services,
          problems,
          scopesRecords: true,
          outside: OUTSIDE_UNKNOWN,
        });
      }),
    );
  });

  test('lacks what the recording lacks, and says what could not be read', () => {
    const obstacle = zooKeeperFailure('ZOOKEEPER_FORBIDDEN', 'Path /r/b may not be read');
    const content = replay({
      '/r': { children: ['b', 'a'] },
      '/r/a': { children: ['1', '2'] },
      '/r/a/2': { data: 'two' },
      '/r/b': { obstacle },
      '/elsewhere': { data: 'x' },
    });
    assert.equal(content.kind, 'content');
    if (content.kind !== 'content') return;
    assert.deepEqual(
      [...content.services.values()].map(({ name, instances }) => [name, instances.map(({ id }) => id)]),
      [['a', ['two']]],
    );
    assert.deepEqual(
      content.problems.map(({ code, registry, value }) => [code, registry, value]),
      [['PATH_UNREADABLE', 'zk', obstacle.message]],
    );
  });

  test('says of a path only for what was not read of it that it could not be', () => {
    const obstacle = zooKeeperFailure('ZOOKEEPER_TOO_LARGE', 'Path /r is too large');
    const content = replay({
      '/r': { children: ['a'], obstacle },
      '/r/a': { children: ['1'] },
      '/r/a/1': { data: '' },
    });
    assert.ok(content.kind === 'content');
    assert.deepEqual([content.services.size, content.problems], [1, []]);
  });

  test('needs one of the roots that the configuration names', () => {
    const recorded = { '/r': { children: [] } };
    assert.equal(replay(recorded, ['/none', '/r']).kind, 'content');
    const other = replay(recorded, ['/none']);
    assert.match(other.kind === 'unreadable' ? other.message : '', /Root \/none does not exist/);
  });

  const damaged: readonly (readonly [what: string, recorded: unknown, message: RegExp])[] = [
    ['no map', [], /holds no tree/],
    ['no JSON', undefined, /holds no tree/],
    ['no map below a path', { '/r': 'x' }, /`\/r` there is no map/],
    ['children that are no list', { '/r': { children: 'a' } }, /`\/r` `children` is no list/],
    ['children that are no texts', { '/r': { children: ['a', 1] } }, /`\/r` `children` is no list/],
    ['data that is no text', { '/r': { data: {} } }, /`\/r` `data` is no text/],
    ['an obstacle without a reason', { '/r': { obstacle: { code: 'x' } } }, /`\/r` `obstacle` has no code/],
  ];
  for (const [what, recorded, message] of damaged) {
    test(`is refused with a sentence where the recording has ${what}`, () => {
      const content = replayTree(recorded === undefined ? '{' : JSON.stringify(recorded), 'zk', projection());
      assert.match(content.kind === 'unreadable' ? content.message : '', message);
      assert.match(content.kind === 'unreadable' ? content.message : '', /\.$/);
    });
  }

  test('never throws, whatever somebody wrote into it', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('/r', '/r/a', '/r/a/1'), fc.jsonValue()), (recorded) => {
        assert.doesNotThrow(() => replay(recorded));
      }),
    );
  });
});
