// What the pages tell people to run is run, in the order of the page, with the bundle, and prints what the pages say. How a page says what
// it means: test/docs/console-block.ts.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { stepsOf } from '../docs/console-block.ts';
import { BLOCKS, PAGES } from '../docs/pages.ts';
import { ScratchClone } from '../docs/run/scratch-clone.ts';
import { Session } from '../docs/run/session.ts';

const run = PAGES.map(({ path }) => ({ path, steps: stepsOf(BLOCKS.filter(({ page }) => page === path)) })).filter(
  ({ steps }) => steps.some(({ kind }) => kind === 'run' || kind === 'stay'),
);

// Each page has a folder, ports and servers of its own.
describe('the commands of', { concurrency: 2 }, () => {
  test('at least the README and the first steps are found', () => {
    const paths = run.map(({ path }) => path);
    for (const path of ['README.md', 'docs/getting-started.md']) assert.ok(paths.includes(path), path);
  });

  for (const { path, steps } of run)
    test(path, async (t) => {
      const session = new Session(t, await ScratchClone.create(t));
      for (const step of steps)
        await session.take(step).catch((error: unknown) => assert.fail(`${step.place}\n${String(error)}`));
      await session.end();
    });
});
