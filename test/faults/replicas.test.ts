// Two replicas of one bridge, as programs, and istiods that follow the releases: what one of them knows the other does not have to
// read, and what a client of one may hold the other does not delete.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { FakeIstiod } from '../fakes/fake-istiod.ts';
import { type Replica, replicaPair, TOKEN } from '../fakes/replica-pair.ts';
import { tempDir } from '../fakes/temp-dir.ts';
import { waitFor } from '../peers/run/wait-for.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const listing = (names: readonly string[]) =>
  `services:\n${names.map((name, at) => `  - { name: ${name}, instances: [{ id: ${name}-1, address: 10.0.0.${at + 1}, port: 8080 }] }`).join('\n')}\n`;
const ALL = listing(NAMES);
const entries = (names: readonly string[]) => names.map((name) => `shop/test.file.${name}`);

function anIstiod(t: TestContext, replica: Replica, pod: string, ageMs?: number): FakeIstiod {
  const istiod = new FakeIstiod({ address: replica.grpc, minor: 29, pod, ...(ageMs === undefined ? {} : { ageMs }) });
  t.after(() => istiod.close());
  return istiod;
}

function holds(istiod: FakeIstiod, names: readonly string[]): Promise<void> {
  const wanted = entries(names).join();
  return istiod.until(() => [...istiod.entries.keys()].sort().join() === wanted, `it holds ${names}`);
}

const HELD = /^footbridge_snapshot_state\{state="held"\} 1$/m;
const said = (replica: Replica, event: string) => replica.lines().filter((line) => line.includes(`"${event}"`));
/** What came of asking the other, by the metric. */
const seeding = async (replica: Replica) =>
  /^footbridge_seeding_outcome\{outcome="([^"]+)"\} 1$/m.exec(await (await replica.page('/metrics')).text())?.[1];
const fingerprint = async (replica: Replica) =>
  /^footbridge_snapshot_fingerprint\S* (\S+)$/m.exec(await (await replica.page('/metrics')).text())?.[1];

describe('replicas of one bridge', () => {
  test('one that is replaced during a hold, with no disk and the registry down, deletes nothing', async (t) => {
    const [one, other] = await replicaPair(t);
    for (const replica of [one, other]) {
      replica.registrySays(ALL);
      await replica.start();
    }
    const istiod = anIstiod(t, one, 'istiod-0');
    const beside = anIstiod(t, other, 'istiod-1');
    await Promise.all([holds(istiod, NAMES), holds(beside, NAMES)]);
    // Half of it is gone: both hold it back. Then nobody can read the registry any more, and one replica is replaced.
    for (const replica of [one, other]) replica.registrySays(listing(NAMES.slice(0, 3)));
    for (const replica of [one, other])
      await waitFor(async () => HELD.test(await (await replica.page('/metrics')).text()), 'it is held');
    for (const replica of [one, other]) replica.registrySays(undefined);
    await one.kill();
    await one.start();
    await waitFor(async () => said(one, 'state.restored').length === 1, 'it begins with what the other one knows');
    assert.equal(await seeding(one), 'given');
    const fresh = anIstiod(t, one, 'istiod-2');
    await holds(fresh, NAMES);
    await pause(1_000);
    assert.deepEqual([istiod.deleted, beside.deleted], [[], []]);
    await Promise.all([holds(istiod, NAMES), holds(beside, NAMES)]);
    assert.equal(await fingerprint(one), await fingerprint(other));
    // The registry is back for the new one, and still lacks most of it: that is the hold which the other one has, not a first reading.
    one.registrySays(listing(NAMES.slice(0, 3)));
    await waitFor(async () => HELD.test(await (await one.page('/metrics')).text()), 'it is held');
    await pause(1_000);
    assert.deepEqual([istiod.deleted, beside.deleted, fresh.deleted], [[], [], []]);
    for (const replica of [one, other]) replica.registrySays(ALL);
    await waitFor(async () => /state="live"\} 1/.test(await (await one.page('/metrics')).text()), 'it is over');
    assert.deepEqual([istiod.deleted, beside.deleted, fresh.deleted], [[], [], []]);
    assert.equal(await fingerprint(one), await fingerprint(other));
  });

  test('two that start at once, with nothing to read, wait for neither; what one reads later the other has soon after', async (t) => {
    const [one, other] = await replicaPair(t);
    await Promise.all([one.start(), other.start()]);
    const istiod = anIstiod(t, other, 'istiod-0', 3_600_000);
    one.registrySays(ALL);
    await holds(istiod, NAMES);
    assert.equal(said(other, 'state.restored').length, 1);
    assert.equal(await seeding(other), 'given');
  });

  test('a new istiod at a cold one waits for as long as a running one is connected to the other cold one', async (t) => {
    const [one, other] = await replicaPair(t);
    await Promise.all([one.start(), other.start()]);
    const running = anIstiod(t, one, 'istiod-0', 3_600_000);
    await waitFor(
      async () => (await (await one.page('/debug/clients')).text()).includes('istiod-0'),
      'it is connected',
    );
    const fresh = anIstiod(t, other, 'istiod-1', 300);
    await pause(9_000);
    assert.equal(fresh.ready, false, 'after more than twice the bound');
    running.close();
    await fresh.until(() => fresh.ready, 'a bound later it is answered');
    assert.equal(fresh.entries.size, 0);
  });

  test('is ready when the others have answered, so that none is ended before its state was asked for', async (t) => {
    const [one, other] = await replicaPair(t);
    const asked: ServerResponse[] = [];
    const silent = createServer((_, response) => void asked.push(response)).listen(other.adminPort, '127.0.0.1');
    t.after(() => silent.close());
    const isReady = one.start();
    await waitFor(() => asked.length > 0, 'the other is asked');
    const answer = await one.page('/readyz');
    assert.equal(answer.status, 503);
    assert.match(await answer.text(), /missing former state asked for/);
    for (const response of asked) response.writeHead(404).end();
    await isReady;
    assert.equal((await one.page('/readyz')).status, 200);
  });

  test('the state of another bridge is refused with its code, and a start goes on as without it', async (t) => {
    const [one, other] = await replicaPair(t);
    other.registrySays(ALL);
    await other.start({ instance: 'another' });
    await one.start();
    await waitFor(async () => said(one, 'state.refused').length > 0, 'it is refused');
    assert.match(said(one, 'state.refused').join(), /STATE_OTHER_INSTANCE.*replica 127\.0\.0\.1/);
    assert.equal(await seeding(one), 'refused');
    assert.match(
      await (await one.page('/')).text(),
      /STATE_OTHER_INSTANCE/,
      'the page says it, although no file is kept',
    );
    const istiod = anIstiod(t, one, 'istiod-0', 3_600_000);
    one.registrySays(listing(['a']));
    await holds(istiod, ['a']);
  });

  test('nobody is answered without the token of both, and who is not answered starts as without', async (t) => {
    const [one, other] = await replicaPair(t);
    const tokenFile = join(tempDir(t), 'token');
    writeFileSync(tokenFile, 'a-token-of-somebody-else');
    other.registrySays(ALL);
    await other.start();
    await one.start({ tokenFile });
    await waitFor(async () => said(one, 'replicas.silent').length > 0, 'it says so');
    assert.match(said(one, 'replicas.silent').join(), /status 401/);
    assert.equal(await seeding(one), 'token');
    for (const path of ['/replicas/state', '/replicas/clients']) {
      assert.equal((await other.page(path)).status, 401);
      assert.equal((await other.page(path, 'a-token-of-somebody-else')).status, 401);
      assert.equal((await other.page(path, TOKEN)).status, 200);
    }
  });
});
