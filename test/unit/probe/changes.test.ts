import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changesBetween } from '../../../src/probe/changes.ts';
import type { ProbedResource } from '../../../src/probe/decode-resource.ts';

function resource(name: string, content: string): readonly [string, ProbedResource] {
  const about = { name, version: '', createTime: undefined, labels: {}, annotations: {}, bodyType: '', spec: {} };
  return [name, { ...about, bytes: Buffer.from(content) }];
}

test('changesBetween() names what is new, what is other and what is gone, and nothing else', () => {
  const former = new Map([resource('a/gone', '1'), resource('a/same', '1'), resource('a/other', '1')]);
  const now = new Map([resource('a/same', '1'), resource('a/other', '2'), resource('a/new', '1')]);
  const lines = changesBetween(former, now).map((change) => {
    return `${change.kind} ${change.kind === 'removed' ? change.former.name : change.resource.name}`;
  });
  assert.deepEqual(lines, ['changed a/other', 'added a/new', 'removed a/gone']);
  assert.deepEqual(changesBetween(now, now), []);
});
