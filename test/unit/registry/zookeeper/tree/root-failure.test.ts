import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { zooKeeperFailure } from '../../../../../src/registry/zookeeper/failure.ts';
import { rootFailure } from '../../../../../src/registry/zookeeper/tree/root-failure.ts';
import type { NodeContent, TreeNode } from '../../../../../src/registry/zookeeper/tree-plan.ts';

const LIST: NodeContent = { kind: 'children', names: ['a'] };
const MISSING: NodeContent = { kind: 'missing' };
const FORBIDDEN = zooKeeperFailure('ZOOKEEPER_FORBIDDEN', 'Path /r may not be read');
const GONE = zooKeeperFailure('ZOOKEEPER_NO_ROOT', 'Root /r is not there any more');

function aRoot(content: NodeContent | undefined, obstacle?: TreeNode<string>['obstacle']) {
  return { known: { want: { path: '/r', what: 'children' as const, role: '' }, content, obstacle } };
}

const CASES: readonly (readonly [
  title: string,
  roots: readonly ReturnType<typeof aRoot>[],
  code: string | undefined,
])[] = [
  ['one that is read', [aRoot(LIST)], undefined],
  ['one that is empty', [aRoot({ kind: 'children', names: [] })], undefined],
  ['none that exists', [aRoot(MISSING), aRoot(MISSING)], 'ZOOKEEPER_NO_ROOT'],
  ['one that may not be read', [aRoot(undefined, FORBIDDEN)], 'ZOOKEEPER_FORBIDDEN'],
  ['one that may not be read any more', [aRoot(LIST, FORBIDDEN)], 'ZOOKEEPER_FORBIDDEN'],
  [
    'one that is missing and one that may not be read',
    [aRoot(MISSING), aRoot(undefined, FORBIDDEN)],
    'ZOOKEEPER_FORBIDDEN',
  ],
  ['one that is missing beside one that is read', [aRoot(MISSING), aRoot(LIST)], undefined],
  ['one that may not be read beside one that is read', [aRoot(LIST, FORBIDDEN), aRoot(LIST)], undefined],
  ['one that is gone beside one that is read', [aRoot(LIST), aRoot(LIST, GONE)], 'ZOOKEEPER_NO_ROOT'],
];

describe('roots give information or not:', () => {
  for (const [title, roots, code] of CASES)
    test(`${title}: ${code ?? 'good'}`, () => assert.equal(rootFailure(roots)?.code, code));
});
