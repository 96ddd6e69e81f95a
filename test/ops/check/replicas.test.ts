import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { needTools } from '../../peers/build/peers.ts';
import { MOUNT_NAMESPACE, withOwnHosts } from '../../peers/run/own-hosts.ts';
import { scratchFolder } from '../../peers/run/scratch.ts';
import { Teardown } from '../../peers/run/teardown.ts';
import { findsCauses } from './cause.ts';
import { HOSTS, REPLICA_CAUSES, replicas, SAME } from './replica-causes.ts';
import { judge } from './run-check.ts';

withOwnHosts(import.meta.filename, needTools(MOUNT_NAMESPACE), HOSTS, () =>
  describe('footbridge check of several bridges behind one name', () => {
    findsCauses(REPLICA_CAUSES);

    test('asks each of them, and is content where all serve the same', async (t) => {
      const teardown = new Teardown();
      t.after(() => teardown.run());
      const scene = { folder: scratchFolder(teardown, 'check'), teardown };
      const { code, checks } = await judge(await replicas(scene, ...SAME));
      assert.equal(code, 0);
      assert.deepEqual(new Set(checks.map(({ verdict }) => verdict)), new Set(['passed']));
      assert.equal(checks.filter(({ id }) => id === 'server-types').length, 2);
      assert.equal(checks.find(({ id }) => id === 'server-replicas')?.note, '1 entry');
    });
  }),
);
