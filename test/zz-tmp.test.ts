import { test } from 'node:test';
import { TreeRun } from './fakes/tree-run.ts';
test('x', async (t) => {
  for (const batch of [1, 10, 100, 1000]) {
    const run = new TreeRun(t);
    const N = 10_000;
    for (let i = 0; i < N; i++) run.zk.create(`/r/a/${i}`, 'one');
    await run.connect();
    const b = run.zk.allReads; const l = run.zk.reads('children', '/r/a');
    const began = performance.now();
    for (let i = 0; i < N; i++) { run.zk.delete(`/r/a/${i}`); if (i % batch === 0) await run.pass(1); }
    await run.pass(50); await run.pass(1000);
    console.log(batch, 'reads', run.zk.allReads - b, 'list reads', run.zk.reads('children', '/r/a') - l, 'updates', run.kinds.length, 'ms', performance.now() - began, run.shown);
  }
});
