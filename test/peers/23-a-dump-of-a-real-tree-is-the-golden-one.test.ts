// The golden dumps are worth what `footbridge dump` makes of the same trees in a real ZooKeeper, and a dump is worth what the
// living bridge serves: all three must be one. And a secret that stands in the tree stands nowhere else.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { needPeers } from './build/peers.ts';
import { Bridge } from './run/bridge.ts';
import { convertDump, dumpRegistry } from './run/commands.ts';
import { comparableFromYaml } from './run/comparable.ts';
import { type GoldenDump, goldenConfig, goldenTrees, PLANTED_SECRET, plantTree } from './run/golden-tree.ts';
import { scratchFolder } from './run/scratch.ts';
import { Teardown } from './run/teardown.ts';
import { waitFor } from './run/wait-for.ts';
import { ZooKeeperServer } from './run/zookeeper-server.ts';
import { ZooKeeperWriter } from './run/zookeeper-writer.ts';

const CASES = goldenTrees();

describe('23. A dump of a real tree is the golden one', await needPeers('zookeeper'), () => {
  const teardown = new Teardown();
  let zookeeper: ZooKeeperServer;
  let writer: ZooKeeperWriter;
  before(async () => {
    assert.ok(CASES.length > 20, 'there are golden cases');
    zookeeper = await ZooKeeperServer.start(teardown);
    writer = await ZooKeeperWriter.start(teardown, zookeeper.address, 'owner:hunter2');
  });
  after(() => teardown.run());

  for (const golden of CASES)
    test(golden.name.replaceAll('-', ' '), async () => {
      const own = new Teardown();
      try {
        for (const { raw } of golden.dumps) await plantTree(writer, golden, raw);
        const bridge = await Bridge.start(own, goldenConfig(golden, zookeeper.address));
        const printed = [];
        for (const dump of golden.dumps) printed.push(await dumpAndConvert(own, bridge, dump));
        const expected = comparableFromYaml(golden.expected);
        assert.deepEqual(comparableFromYaml(printed.join('---\n')), expected);

        await waitFor(async () => (await bridge.registries()).every(({ state }) => state === 'live'), 'all is read');
        await waitFor(async () => comparableFromYaml(await bridge.page('snapshot')).size > 0, 'something is served');
        const served = await bridge.page('snapshot');
        assert.deepEqual(comparableFromYaml(served), expected);
        const told = [served, await bridge.page('services'), await bridge.page('registry'), ...bridge.process.lines];
        assert.doesNotMatch(told.join('\n'), new RegExp(PLANTED_SECRET));
      } finally {
        await own.run();
      }
    });
});

/** Checks the dump; hands back what `convert` prints for it. */
async function dumpAndConvert(teardown: Teardown, bridge: Bridge, golden: GoldenDump): Promise<string> {
  const { stdout: text, stderr } = await dumpRegistry(bridge.configFile, golden.registry);
  assert.doesNotMatch(text + stderr, new RegExp(PLANTED_SECRET));
  const { kind, registry, raw } = JSON.parse(text) as GoldenDump;
  assert.deepEqual({ kind, registry, raw }, { kind: golden.kind, registry: golden.registry, raw: golden.raw });
  const file = join(scratchFolder(teardown, 'dump'), 'dump.json');
  writeFileSync(file, text);
  return (await convertDump(bridge.configFile, file)).stdout;
}
