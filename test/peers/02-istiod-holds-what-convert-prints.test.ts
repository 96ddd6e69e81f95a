// A whole estate, entry for entry: what istiod stores is what `footbridge convert` prints for the same registry dump.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { needPeers } from './build/peers.ts';
import { Bridge, bridgeConfig } from './run/bridge.ts';
import { convertDump } from './run/commands.ts';
import { comparable, comparableFromYaml } from './run/comparable.ts';
import { EurekaInstances } from './run/eureka-instances.ts';
import { EurekaServer } from './run/eureka-server.ts';
import { fleet } from './run/fleet.ts';
import { Istiod } from './run/istiod.ts';
import { RawSource, rawServiceEntry } from './run/raw-source.ts';
import { scratchFolder } from './run/scratch.ts';
import { Teardown } from './run/teardown.ts';
import { waitFor } from './run/wait-for.ts';

const APPS = 200;
const EACH = 3;

describe('2. istiod holds what convert prints', await needPeers('istiod', 'eureka'), () => {
  const teardown = new Teardown();
  after(() => teardown.run());

  test('the check for refusals sees what istiod does not take', async () => {
    const source = await RawSource.start(teardown);
    const istiod = await Istiod.start(teardown, { sources: [source.address] });
    await istiod.untilReady();
    assert.deepEqual(await istiod.complaints(), [], 'nothing to complain about yet');
    source.setServiceEntries([
      rawServiceEntry('payments/bad-host', { hosts: ['under_score.payments.eureka'], resolution: 1 }),
      rawServiceEntry('no-namespace', { hosts: ['a.b'], resolution: 1 }),
    ]);
    const complaints = await waitFor(async () => {
      const found = await istiod.complaints();
      return found.length >= 2 && found;
    }, 'istiod complains');
    assert.match(complaints.join('\n'), /Error adding a new resource to the store.*under_score/);
    assert.match(complaints.join('\n'), /Invalid data/);
  });

  test(`${APPS} applications of ${EACH} instances arrive entry for entry`, async () => {
    const eureka = await EurekaServer.start(teardown);
    await EurekaInstances.start(teardown, [eureka.url], 30_000).register(...fleet(APPS, EACH));
    const listing = await eureka.untilLists(APPS * EACH);
    const bridge = await Bridge.start(teardown, bridgeConfig([eureka.url]));
    const istiod = await Istiod.start(teardown, { sources: [bridge.address] });
    await istiod.untilReady();

    const dump = join(scratchFolder(teardown, 'dump'), 'apps.json');
    writeFileSync(dump, listing);
    const printed = comparableFromYaml((await convertDump(bridge.configFile, dump)).stdout);
    assert.equal(printed.size, APPS, 'every application gives one entry');
    const stored = comparable((await istiod.serviceEntries()).values());
    assert.deepEqual([...stored.keys()], [...printed.keys()]);
    for (const [name, entry] of printed) assert.deepEqual(stored.get(name), entry);

    await waitFor(async () => (await istiod.metrics()).sum('pilot_services') === APPS, `pilot_services is ${APPS}`);
    assert.deepEqual(await istiod.complaints(), []);
  });
});
