import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { layerByConvict } from '../../../src/config/convict-layers.ts';
import { configTree, leavesOf } from '../../../src/config/field-tree.ts';
import { loaded } from './samples.ts';

const TREE = configTree(
  new Map([
    ['legacy', 'eureka'],
    ['vm', 'file'],
  ] as const),
);

describe('the layers of convict', () => {
  test('agree with the origins: each value is the one of the layer that is named', () => {
    const leaves = new Map(leavesOf(TREE).map((leaf) => [leaf.path, leaf]));
    const leaf = (path: string) => leaves.get(path) ?? assert.fail(path);
    const origin = { kind: 'default' } as const;
    const values = layerByConvict(TREE, {
      file: [
        { leaf: leaf('hosts'), value: new Map([['a.b', ['legacy/X']]]), origin },
        { leaf: leaf('serve.port'), value: 1, origin },
        { leaf: leaf('admin.port'), value: 2, origin },
      ],
      env: { FOOTBRIDGE_SERVE_PORT: '3', FOOTBRIDGE_ADMIT_PORTS: '', FOOTBRIDGE_LOG_LEVEL: 'warn' },
      flags: [{ leaf: leaf('serve.port'), value: 4, origin }],
    });
    assert.deepEqual(values.get('hosts'), new Map([['a.b', ['legacy/X']]]));
    assert.deepEqual([values.get('serve.port'), values.get('admin.port'), values.get('log.level')], [4, 2, 'warn']);
    assert.deepEqual(values.get('admit.ports'), []);
    assert.equal(values.get('guard.emptyGrace'), '10m');
  });

  test('look neither at the environment nor at the command line of the process', () => {
    const before = process.env['FOOTBRIDGE_LOG_LEVEL'];
    process.env['FOOTBRIDGE_LOG_LEVEL'] = 'warn';
    try {
      assert.equal(loaded().config.log.level, 'info');
    } finally {
      if (before === undefined) delete process.env['FOOTBRIDGE_LOG_LEVEL'];
      else process.env['FOOTBRIDGE_LOG_LEVEL'] = before;
    }
  });

  test('refuse once more what should have been judged before', () => {
    const [leaf] = leavesOf(TREE).filter(({ path }) => path === 'serve.port');
    assert.ok(leaf);
    const origin = { kind: 'default' } as const;
    assert.throws(
      () => layerByConvict(TREE, { file: [{ leaf, value: '12abc', origin }], env: {}, flags: [] }),
      /serve.port/,
    );
  });
});
