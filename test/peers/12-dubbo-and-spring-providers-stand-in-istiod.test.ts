// Providers as they are: every kind of Dubbo and Spring Cloud ZooKeeper registers by itself, and stands in a real istiod as it
// should and for as long as it should.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { readInterfaceServiceName } from '../../src/registry/dubbo/records/service-identity.ts';
import { needPeers } from './build/peers.ts';
import { convertDump, dumpRegistry } from './run/commands.ts';
import { type ComparableEntry, comparable, comparableFromYaml } from './run/comparable.ts';
import { type ExpectedService, entryName, expectedEntry } from './run/expected-entry.ts';
import type { Istiod } from './run/istiod.ts';
import { inOwnNetwork } from './run/own-network.ts';
import { expectedSpring, ProviderScene } from './run/provider-scene.ts';
import { RecordedAnswers } from './run/recorded-answers.ts';
import { registered, sessionsOf, shown } from './run/registered-program.ts';
import { scratchFolder } from './run/scratch.ts';
import { Teardown } from './run/teardown.ts';
import { untilHolds, waitFor } from './run/wait-for.ts';
import { Watch } from './run/watch.ts';

const KILLED = ['interface-dubbo', 'instance-tri', 'all-two-ports', 'films'];
const STARTED_AGAIN = ['interface-two-ports', 'instance-one-port', 'all-dubbo', 'old', 'songs'];
const KILLED_LAST = ['instance-two-ports'];
/** With `books` it keeps each of the registries from being empty, which the bridge would not believe at once. */
const STAYING = ['ledger'];
const BLUE_GREETING = 'io.footbridge.test.Greeting.v-1-0-0.g-blue';

const need = await needPeers('istiod', 'zookeeper', 'dubbo33', 'dubbo27', 'springZookeeper');

inOwnNetwork(import.meta.filename, need, () =>
  describe('12. Dubbo and Spring Cloud providers stand in istiod', () => {
    const teardown = new Teardown();
    let scene: ProviderScene;
    let recorded: RecordedAnswers;
    before(async () => {
      scene = await ProviderScene.start(teardown);
    });
    after(() => teardown.run());

    test('every one is an entry as it should be', async () => {
      const { bridge, istiod, books } = scene;
      const alone = [...scene.programs.values()].map(({ expected }) => expected);
      const { expected: ledger } = scene.program('ledger');
      // The version of an application is a label where that is the service, and the version of an interface where that is.
      const endpoints = ledger.endpoints.map((endpoint) => ({ ...endpoint, labels: { version: '1.0.0' } }));
      const blueGreeting = { ...ledger, registry: 'each', service: BLUE_GREETING, endpoints };
      await books[1].setStatus('OUT_OF_SERVICE');
      await untilStored(istiod, [...alone, blueGreeting, expectedSpring('books', [books[0]])]);
      await books[1].setStatus('UP');
      await untilStored(istiod, [...alone, blueGreeting, expectedSpring('books', books)]);
      assert.deepEqual(await istiod.complaints(), []);
      recorded = RecordedAnswers.start(teardown, bridge);
    });

    test('the host of an interface reads back', async () => {
      const name = entryName({ registry: 'each', service: BLUE_GREETING });
      const { hosts } = (await scene.istiod.serviceEntries()).get(name)?.spec ?? {};
      const host = String(hosts).replace(/\.payments\.each$/, '');
      assert.deepEqual(readInterfaceServiceName(host), {
        interfaceName: 'io.footbridge.test.greeting',
        group: 'blue',
        version: '1.0.0',
      });
    });

    test('istiod holds what convert prints of a dump of each registry', async () => {
      const folder = scratchFolder(teardown, 'dumps');
      const printed: ComparableEntry[] = [];
      for (const registry of ['rpc', 'each', 'spring']) {
        const dump = join(folder, `${registry}.json`);
        writeFileSync(dump, (await dumpRegistry(scene.bridge.configFile, registry)).stdout);
        printed.push(...comparableFromYaml((await convertDump(scene.bridge.configFile, dump)).stdout).values());
      }
      const stored = comparable((await scene.istiod.serviceEntries()).values());
      assert.deepEqual(new Map(printed.map((entry) => [entry.name, entry])), stored);
    });

    describe('killed without a word', { concurrency: 2 }, () => {
      test('they go when their sessions have expired, and not before', async () => {
        const { istiod, zookeeper } = scene;
        const programs = KILLED.map((name) => scene.program(name));
        await Promise.all(programs.map(({ program }) => program.kill()));
        assert.equal((await shown(istiod, programs)).length, programs.length, 'none goes with its process');
        const watch = Watch.start(teardown, 'those that were killed', async () => {
          // In this order: who is not shown, although even later it is registered, has gone too early.
          const stillShown = await shown(istiod, programs);
          const stillRegistered = await registered(zookeeper, programs);
          return stillRegistered.filter((name) => !stillShown.includes(name)).join();
        });
        await waitFor(async () => (await shown(istiod, programs)).length === 0, 'all have gone');
        // A question to either that was not answered in time says nothing.
        const answers = [...(await watch.end()).keys()].filter((answer) => !answer.startsWith('failed: '));
        assert.deepEqual(answers, [''], 'none goes before its session');
      });

      test('and started again at once, they are never gone', async () => {
        const { zookeeper } = scene;
        const programs = STARTED_AGAIN.map((name) => scene.program(name));
        const former = await sessionsOf(zookeeper, programs);
        await Promise.all(
          programs.map(async ({ program }) => {
            await program.kill();
            await program.startAgain();
          }),
        );
        await waitFor(async () => {
          const isBack = (await registered(zookeeper, programs)).length === programs.length;
          return isBack && [...(await sessionsOf(zookeeper, programs))].every((session) => !former.has(session));
        }, 'their former sessions have expired');
        // What is still on its way from the registry is seen by the last test, which looks at the whole history.
        for (const { expected } of programs) assert.equal(recorded.versionsOf(entryName(expected)).length, 1);
      });
    });

    test('shut down, they go at once', async () => {
      const { istiod, zookeeper } = scene;
      const killed = KILLED_LAST.map((name) => scene.program(name));
      const staying = STAYING.map((name) => scene.program(name));
      const others = [...scene.programs.keys()].filter(
        (name) => ![...KILLED, ...KILLED_LAST, ...STAYING].includes(name),
      );
      const programs = others.map((name) => scene.program(name));
      await Promise.all(killed.map(({ program }) => program.kill()));
      await Promise.all(programs.map(({ program }) => program.stop()));
      assert.deepEqual(await registered(zookeeper, programs), [], 'they have deregistered');
      await waitFor(async () => (await shown(istiod, programs)).length === 0, 'all have gone');
      const [stillKilled, stillStaying] = [await shown(istiod, killed), await shown(istiod, staying)];
      assert.equal(stillKilled.length, 1, 'long before the session of one that was killed before them has expired');
      assert.equal(stillStaying.length, 1);
      assert.deepEqual(await istiod.complaints(), []);
    });

    test('istiod was told of nothing else', async () => {
      for (const [name, { expected }] of scene.programs) {
        const isThere = [...KILLED_LAST, ...STAYING].includes(name);
        await untilHolds(() => {
          const history = recorded.historyOf(entryName(expected), ({ endpoints }) => (endpoints ? 'there' : 'gone'));
          assert.deepEqual(history, isThere ? ['there'] : ['there', 'gone'], name);
        }, `${name} has this history`);
      }
      assert.deepEqual(recorded.gaps, []);
    });
  }),
);

/** Waits until istiod stores exactly these, each with a virtual IP of its own. */
async function untilStored(istiod: Istiod, services: readonly ExpectedService[]): Promise<void> {
  const expected = services.map(expectedEntry).sort((a, b) => (a.name < b.name ? -1 : 1));
  await untilHolds(async () => {
    const virtualIps = new Set<string>();
    const stored = [...comparable((await istiod.serviceEntries()).values()).values()].map((entry) => {
      const { addresses, ...spec } = entry.spec as { readonly addresses: readonly string[] };
      for (const address of addresses) virtualIps.add(address);
      return { ...entry, spec };
    });
    assert.deepEqual(stored, expected);
    assert.equal(virtualIps.size, expected.length);
    assert.deepEqual(
      [...virtualIps].filter((address) => !address.startsWith('241.')),
      [],
    );
  }, 'istiod stores what is registered');
}
