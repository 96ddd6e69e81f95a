// One client of ten stops reading in the middle of everything: the others get every change meanwhile, the bridge keeps one
// response for it and no more, and when it goes on it gets the newest state and nothing between.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { MarkedScene, type Memory } from './run/marked-scene.ts';
import { Teardown } from './run/teardown.ts';
import { waitFor } from './run/wait-for.ts';

/** So many that, were each kept for the stopped one, the last third would find more than twenty of them. */
const CHANGES = 30;
/** What the stopped client may cost, in whole responses: that in flight, its copy for the wire, and what chance does to a heap. */
const MOST_RESPONSES = 16;

describe('26. Ten clients of ten thousand entries do not wait for one that stopped', () => {
  describe('whose connection lives on', () => {
    const teardown = new Teardown();
    let scene: MarkedScene;
    let tenReading: Memory;
    before(async () => {
      scene = await MarkedScene.start(teardown, { keepaliveTime: '1h' });
    });
    after(() => teardown.run());

    test('while none has stopped, all ten get every change', async (t) => {
      const tenth = await scene.tenth('sotw');
      const since = scene.estate.marks.length - 1;
      tenReading = await scene.change(CHANGES, [scene.nine, tenth]);
      t.diagnostic(`${CHANGES} changes of ${await scene.responseSize()} MiB: ${sentence(tenReading)}`);
      scene.assertTold(scene.nine, scene.estate.marks);
      scene.assertTold(tenth, scene.estate.marks.slice(since));
      await tenth.process.kill();
    });

    for (const protocol of ['sotw', 'resource-source', 'delta'] as const) {
      test(`of ${protocol}: nine get every change, it costs one response, and is told the newest state at last`, async (t) => {
        const tenth = await scene.tenth(protocol);
        const since = scene.estate.marks.length - 1;
        tenth.process.freeze();
        const memory = await scene.change(CHANGES, [scene.nine]);
        t.diagnostic(`${CHANGES} changes beside it: ${sentence(memory)}`);
        scene.assertTold(scene.nine, scene.estate.marks);
        const most = tenReading.floor + MOST_RESPONSES * (await scene.responseSize());
        assert.ok(memory.floor <= most, `${sentence(memory)}, of which ${most} MiB are allowed`);

        tenth.process.thaw();
        await scene.untilCurrent(tenth);
        const [held = '', inFlight = '', ...later] = scene.estate.marks.slice(since);
        scene.assertTold(tenth, [held, inFlight, later.at(-1) ?? '']);
        await tenth.process.kill();
      });
    }
  });

  describe('and is given up', () => {
    const teardown = new Teardown();
    after(() => teardown.run());

    test('nine get every change, and it comes back by itself and is told the newest state alone', async () => {
      const scene = await MarkedScene.start(teardown, { keepaliveTime: '3s' });
      const tenth = await scene.tenth('sotw');
      const held = scene.estate.marks.at(-1);
      tenth.process.freeze();
      await scene.change(1, [scene.nine]);
      await waitFor(async () => (await scene.bridge.clients()).length === 9, 'the silent one is dropped');
      await scene.change(3, [scene.nine]);
      scene.assertTold(scene.nine, scene.estate.marks);

      tenth.process.thaw();
      await scene.untilCurrent(tenth);
      const marks = tenth.answers()[0]?.map(({ mark }) => mark);
      assert.deepEqual(marks, [held, scene.estate.marks.at(-1)]);
      assert.equal(tenth.lost(), 1);
    });
  });
});

function sentence({ floor, peak }: Memory): string {
  return `${floor} MiB of the bridge stay resident, ${peak} MiB at most`;
}
