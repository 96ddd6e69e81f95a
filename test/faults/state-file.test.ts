// What a bridge that was killed comes back with, as an istiod sees it: the program as it is run, a state file on a real disk.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { describe, type TestContext, test } from 'node:test';
import { type KeptBundle, keptBundle } from '../e2e/kept-bundle.ts';
import { FakeIstiod } from '../fakes/fake-istiod.ts';
import { waitFor } from '../peers/run/wait-for.ts';

const SECRET = 'hunter2';
const REGISTRY = `services:
  - name: orders
    metadata: { db.password: ${SECRET}, owner: payments }
    instances:
      - { id: orders-1, address: 10.0.0.1, port: 8080, metadata: { secret: ${SECRET}, version: v1 } }
      - { id: orders-2, address: 10.0.0.2, port: 8080, metadata: { jdbc: 'jdbc:postgresql://app:${SECRET}@db/x', version: v2 } }
  - { name: users, instances: [{ id: users-1, address: 10.0.0.3, port: 8080, metadata: { version: v2 } }] }
`;
const BOTH = ['shop/test.file.orders', 'shop/test.file.users'];

function anIstiod(t: TestContext, bundle: KeptBundle, pod = 'istiod-0', ageMs?: number): FakeIstiod {
  const istiod = new FakeIstiod({ address: bundle.grpc, minor: 29, pod, ...(ageMs === undefined ? {} : { ageMs }) });
  t.after(() => istiod.close());
  return istiod;
}

function holds(istiod: FakeIstiod, names: readonly string[]): Promise<void> {
  return istiod.until(() => [...istiod.entries.keys()].sort().join() === [...names].sort().join(), `it holds ${names}`);
}

/** Everything that it holds, to the byte. */
function bytesOf({ entries }: FakeIstiod): Readonly<Record<string, string>> {
  return Object.fromEntries([...entries].map(([name, { bytes }]) => [name, Buffer.from(bytes).toString('base64')]));
}

async function metric(bundle: KeptBundle, series: string): Promise<string | undefined> {
  const lines = (await bundle.page('/metrics')).split('\n');
  return lines.find((line) => line.startsWith(`${series} `))?.slice(series.length + 1);
}

/** A bridge that has read this, served it to an istiod and was killed. */
async function killed(t: TestContext, registry = REGISTRY) {
  const bundle = await keptBundle(t, registry);
  await bundle.start();
  const istiod = anIstiod(t, bundle);
  await holds(istiod, BOTH);
  await bundle.kill();
  return { bundle, istiod, bytes: bytesOf(istiod) };
}

describe('a bridge that was killed and comes back while its registry cannot be read', () => {
  test('serves the same bytes at once, to who held them and to who is new, and says that they are restored', async (t) => {
    const { bundle, istiod, bytes } = await killed(t);
    bundle.registrySays(undefined);
    const before = istiod.received.length;
    await bundle.start();
    const fresh = anIstiod(t, bundle, 'istiod-1');
    await holds(fresh, BOTH);
    await fresh.until(() => fresh.ready, 'the new istiod is ready');
    await istiod.until(
      () => istiod.received.slice(before).some(({ typeUrl }) => typeUrl === istiod.serviceEntryType),
      'the old one is answered as well',
    );
    assert.deepEqual(bytesOf(istiod), bytes);
    assert.deepEqual(bytesOf(fresh), bytes);
    assert.deepEqual(istiod.deleted, []);
    await waitFor(async () => (await bundle.page('/')).includes('FILE_'), 'the page tells of the error');
    assert.match(await bundle.page('/'), /Restored/);
    assert.match(await bundle.page('/readyz'), /what a former process read is served/);
    assert.match(await bundle.page('/debug/registry'), /restored/);
    assert.match(await bundle.page('/debug/explain?name=orders'), /what a former one read counts/);
    assert.equal(await metric(bundle, 'footbridge_snapshot_state{state="restored"}'), '1');
    assert.equal(await metric(bundle, 'footbridge_registry_restored{registry="file"}'), '1');
    assert.ok(bundle.lines().some((line) => line.includes('state.restored')));
    // The registry is back, and says what it said: nothing is pushed, and nothing is restored any more.
    const received = istiod.received.length;
    bundle.registrySays(REGISTRY);
    await waitFor(async () => (await metric(bundle, 'footbridge_snapshot_state{state="live"}')) === '1', 'it is live');
    assert.equal(await metric(bundle, 'footbridge_registry_restored{registry="file"}'), '0');
    assert.equal(istiod.received.length, received);
  });

  test('goes on from one restart to the next, and its age is that of the last good read', async (t) => {
    const { bundle, istiod, bytes } = await killed(t);
    bundle.registrySays(undefined);
    const lastSuccess = 'footbridge_registry_last_success_timestamp_seconds{registry="file"}';
    const whenRead = async () => {
      await waitFor(async () => (await metric(bundle, lastSuccess)) !== '0', 'it is restored');
      return await metric(bundle, lastSuccess);
    };
    let read: string | undefined;
    for (let restart = 0; restart < 2; restart++) {
      await bundle.start();
      await waitFor(() => istiod.reconnects > restart, 'istiod is back');
      read ??= await whenRead();
      assert.equal(await whenRead(), read);
      await bundle.kill();
    }
    assert.ok(Number(read) > 0);
    assert.deepEqual(bytesOf(istiod), bytes);
    assert.deepEqual(istiod.deleted, []);
  });

  test('holds a scope that was narrowed meanwhile from its first answer on', async (t) => {
    const { bundle } = await killed(t);
    bundle.registrySays(undefined);
    await bundle.start(', scope: { include: [{ metadata: { version: [v1] } }] }');
    const fresh = anIstiod(t, bundle, 'istiod-1');
    await holds(fresh, ['shop/test.file.orders']);
    const pages = `${await bundle.page('/debug/snapshot')}${await bundle.page('/debug/services')}`;
    assert.ok(pages.includes('10.0.0.1') && !pages.includes('10.0.0.2') && !pages.includes('10.0.0.3'));
  });
});

describe('a registry that comes back empty together with the bridge', () => {
  test('is noticed: what it listed is held', async (t) => {
    const { bundle, istiod, bytes } = await killed(t);
    bundle.registrySays('services: []\n');
    await bundle.start();
    await waitFor(async () => (await metric(bundle, 'footbridge_snapshot_state{state="held"}')) === '1', 'it is held');
    const fresh = anIstiod(t, bundle, 'istiod-1');
    await holds(fresh, BOTH);
    assert.equal(await metric(bundle, 'footbridge_guard_held_removals{registry="file"}'), '3');
    // A hold that began outlives the next process, with its beginning.
    const since = /"sinceMs":(\d+)/.exec(await readWhen(bundle, '"kind":"held"'))?.[1];
    await bundle.kill();
    await bundle.start();
    await waitFor(async () => (await metric(bundle, 'footbridge_snapshot_state{state="held"}')) === '1', 'still held');
    assert.ok(readFileSync(bundle.statePath, 'utf8').includes(`"sinceMs":${since}`));
    assert.deepEqual(bytesOf(istiod), bytes);
    assert.deepEqual([...istiod.deleted, ...fresh.deleted], []);
  });
});

async function readWhen(bundle: KeptBundle, text: string): Promise<string> {
  await waitFor(() => readFileSync(bundle.statePath, 'utf8').includes(text), `the state file holds ${text}`);
  return readFileSync(bundle.statePath, 'utf8');
}

describe('a state file', () => {
  test('is for its owner alone, and holds no secret that was planted in a registration', async (t) => {
    const { bundle } = await killed(t);
    assert.equal(statSync(bundle.statePath).mode & 0o777, 0o600);
    const text = readFileSync(bundle.statePath, 'utf8');
    assert.ok(!text.includes(SECRET));
    assert.ok(text.includes('orders-2') && text.includes('payments'), 'what stands beside it is there');
  });

  test('that is damaged is refused with its code; the bridge starts as without it, and keeps it aside', async (t) => {
    const { bundle, istiod } = await killed(t);
    const damaged = readFileSync(bundle.statePath);
    damaged.fill('x', 300, 310);
    writeFileSync(bundle.statePath, damaged);
    bundle.registrySays(undefined);
    await bundle.start();
    await waitFor(() => bundle.lines().some((line) => line.includes('STATE_CORRUPT')), 'the log tells of it');
    assert.match(await bundle.page('/'), /STATE_CORRUPT/);
    assert.equal(await metric(bundle, 'footbridge_state_refused{code="STATE_CORRUPT"}'), '1');
    assert.equal(await metric(bundle, 'footbridge_snapshot_state{state="empty"}'), '1');
    assert.deepEqual(istiod.deleted, []);
    bundle.registrySays(REGISTRY);
    await waitFor(() => existsSync(`${bundle.statePath}.refused`), 'it is moved aside');
    assert.deepEqual(readFileSync(`${bundle.statePath}.refused`), damaged);
    await waitFor(() => existsSync(bundle.statePath), 'a new one is written');
  });

  test('that cannot be written costs nothing but itself', async (t) => {
    const bundle = await keptBundle(t, REGISTRY);
    mkdirSync(bundle.statePath);
    await bundle.start();
    const istiod = anIstiod(t, bundle);
    await holds(istiod, BOTH);
    bundle.registrySays(REGISTRY.replace('name: users', 'name: carts'));
    await istiod.until(() => istiod.entries.has('shop/test.file.carts'), 'changes arrive');
    assert.notEqual(await metric(bundle, 'footbridge_state_writes_total{outcome="failed"}'), '0');
    assert.equal(await metric(bundle, 'footbridge_state_write_failing'), '1');
    assert.match(await bundle.page('/'), /cannot be written: it is no regular file/);
    const complaints = () => bundle.lines().filter((line) => line.includes('state.not_written'));
    assert.equal(complaints().length, 1, 'said once, not for every change');
    rmSync(bundle.statePath, { recursive: true });
    bundle.registrySays(REGISTRY);
    await waitFor(() => bundle.lines().some((line) => line.includes('state.written_again')), 'it is written again');
    assert.equal(await metric(bundle, 'footbridge_state_write_failing'), '0');
  });

  test('on a full disk stays what it was, whole, and what is new is served all the same', async (t) => {
    const { bundle, istiod } = await killed(t);
    const whole = readFileSync(bundle.statePath);
    const large = Array.from(
      { length: 100 },
      (_, i) => `  - { name: more-${i}, instances: [{ address: 10.0.1.${i}, port: 80 }] }\n`,
    );
    bundle.registrySays(REGISTRY + large.join(''));
    // Eight blocks of 512 bytes, or of 1024 where the shell counts so: the file of before fits, that of now does not.
    await bundle.start('', 8);
    await istiod.until(() => istiod.entries.size === 102, 'everything is served');
    await waitFor(
      async () => Number(await metric(bundle, 'footbridge_state_writes_total{outcome="failed"}')) > 0,
      'it failed',
    );
    assert.deepEqual(istiod.deleted, []);
    await bundle.kill();
    const [kept] = [readFileSync(bundle.statePath)];
    assert.ok(kept.length < 8192 && kept.length >= whole.length - 10);
    bundle.registrySays(undefined);
    await bundle.start();
    const fresh = anIstiod(t, bundle, 'istiod-1');
    await holds(fresh, BOTH);
  });
});

describe('a bridge that is killed at any moment while its registry changes', () => {
  test('never costs an istiod an entry that the registry lists', async (t) => {
    const bundle = await keptBundle(t, undefined);
    const names: string[] = [];
    const listed = () =>
      `services:\n${names.map((name, i) => `  - { name: ${name}, instances: [{ id: ${name}, address: 10.1.0.${i}, port: 80 }] }\n`).join('')}`;
    let istiod: FakeIstiod | undefined;
    for (let restart = 0; restart < 5; restart++) {
      await bundle.start();
      istiod ??= anIstiod(t, bundle);
      const held = istiod;
      const until = Date.now() + 150 + 70 * restart;
      while (Date.now() < until) {
        names.push(`svc-${names.length}`);
        bundle.registrySays(listed());
        await new Promise((resolve) => setTimeout(resolve, 60));
      }
      await waitFor(() => held.entries.size >= Math.min(names.length, 1), 'istiod holds something');
      await bundle.kill();
      // Every other time it cannot be read when the bridge comes back.
      if (restart % 2 === 0) bundle.registrySays(undefined);
      else bundle.registrySays(listed());
    }
    bundle.registrySays(listed());
    await bundle.start();
    await holds(
      istiod ?? assert.fail(),
      names.map((name) => `shop/test.file.${name}`),
    );
    assert.deepEqual(istiod?.deleted, []);
  });
});
