// The life of a bridge as istiod of 1.9 to 1.15 sees it, none of which can be had here: fakes that do what each of them does, on real
// connections.
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { type ServedBridge, serveSnapshot } from '../fakes/bridge.ts';
import { FakeIstiod } from '../fakes/fake-istiod.ts';
import { SERVICE_ENTRY, snapshotOf } from '../fakes/resources.ts';
import { until } from '../fakes/until.ts';

const RELEASES = [9, 10, 11, 12, 13, 14, 15];
/** Types besides MeshConfig. */
const ASKED: Readonly<Record<number, number>> = { 9: 11, 10: 12, 11: 12, 12: 13, 13: 14, 14: 14, 15: 14 };
const DISCONNECTS_THAT_WEDGE = 11;

const opened: { close(): void }[] = [];
afterEach(() => {
  for (const it of opened.splice(0).reverse()) it.close();
});

/** A bridge that can be started anew on its port, and an istiod that is connected to it. */
class Life {
  readonly istiod: FakeIstiod;
  #bridge: ServedBridge;
  #served: Snapshot;

  private constructor(bridge: ServedBridge, served: Snapshot, minor: number) {
    this.#bridge = bridge;
    this.#served = served;
    this.istiod = new FakeIstiod({ address: bridge.address, minor });
    opened.push(this.istiod, { close: () => this.#bridge.server.close() });
  }

  static async start(minor: number, names: readonly string[]): Promise<Life> {
    const served = snapshotOf(names);
    return new Life(await serveSnapshot(served), served, minor);
  }

  get clients() {
    return this.#bridge.server.clients();
  }

  publish(...names: readonly string[]): void {
    this.#served = snapshotOf(names);
    this.#bridge.store.publish(this.#served);
  }

  /** Until istiod holds the snapshot, byte for byte. */
  async untilHeld(what: string): Promise<void> {
    await this.istiod.until(() => this.#isHeld(), what);
  }

  #isHeld(): boolean {
    const resources = [...(this.#served.kinds.get(SERVICE_ENTRY)?.resources.values() ?? [])];
    const { entries, minor } = this.istiod;
    const isSame = resources.every((resource) => {
      const bytes = minor <= 11 ? resource.bytesWithoutVersion() : resource.bytes;
      return Buffer.compare(entries.get(resource.name)?.bytes ?? Buffer.alloc(0), bytes) === 0;
    });
    return isSame && entries.size === resources.length;
  }

  /** Ended without a word, and started anew: first it has read nothing, then what it served before. */
  async restart(): Promise<void> {
    const { port, server } = this.#bridge;
    const losses = this.istiod.reconnects;
    server.close();
    await this.istiod.until(() => this.istiod.reconnects > losses, 'the end of the stream');
    this.#bridge = await serveSnapshot(snapshotOf([], { complete: false }), { port });
    if (this.istiod.isWedged) return;
    // Every other type is answered; entries are held back.
    await until(() => this.#answered() === this.istiod.types.length - 1, 'all answers but one');
    assert.ok(this.#isHeld(), 'a bridge that has read nothing takes nothing away');
    this.#bridge.store.publish(this.#served);
  }

  #answered(): number {
    return this.clients[0]?.types.filter(({ state }) => state === 'settled').length ?? 0;
  }

  /** Until all that was asked for is answered and acknowledged. */
  async untilSettled(): Promise<void> {
    await until(() => this.#answered() === this.istiod.types.length, 'all acknowledged');
  }
}

describe('istiod', () => {
  for (const minor of RELEASES) {
    test(`of 1.${minor} is sent a response for each change and no other, and rewrites ${minor <= 11 ? 'all of it' : 'what changed'}`, async () => {
      const life = await Life.start(minor, ['orders', 'stock']);
      const { istiod } = life;
      await life.untilSettled();
      const rewrites = async (what: string) => {
        const before = istiod.rewrites;
        await life.untilSettled();
        await life.untilHeld(what);
        return istiod.rewrites - before;
      };
      life.publish('orders', 'stock');
      life.publish('orders=2', 'stock');
      assert.equal(await rewrites('a change'), minor <= 11 ? 2 : 1);
      assert.equal(istiod.received.length, istiod.types.length + 1);
      await life.restart();
      assert.equal(await rewrites('the same after a restart'), minor <= 11 ? 2 : 0);
      assert.equal(istiod.received.length, 2 * istiod.types.length + 1);
      const versions = [...istiod.entries.values()].map(({ version }) => version);
      assert.ok(versions.every((version) => (version === '') === minor <= 11));
    });

    test(`of 1.${minor} holds what is served after every step of the life of its bridge`, async () => {
      const life = await Life.start(minor, ['orders', 'stock']);
      const { istiod } = life;
      await life.untilHeld('what is there');
      await life.untilSettled();
      assert.equal(istiod.types.length - 1, ASKED[minor]);
      life.publish('orders', 'stock', 'users');
      await life.untilHeld('something new');
      life.publish('orders=2', 'stock', 'users');
      await life.untilHeld('something changed');
      life.publish('orders=2', 'users');
      await life.untilHeld('something gone');
      assert.deepEqual(istiod.deleted, ['payments/stock']);
      await life.restart();
      await life.untilSettled();
      await life.untilHeld('the same after a restart');
      for (let count = 2; count < DISCONNECTS_THAT_WEDGE; count++) {
        await life.restart();
        life.publish('orders=2', `users=${count}`);
        await life.untilHeld(`what came after restart ${count}`);
      }
      assert.deepEqual([istiod.isWedged, istiod.complaints], [false, []]);
      assert.deepEqual(istiod.deleted, ['payments/stock']);
    });
  }

  for (const minor of RELEASES) {
    const gives = minor === 10 || minor === 11 ? 'gives up' : 'comes back';
    test(`of 1.${minor} ${gives} when it lost its eleventh stream, and loses nothing by it`, async () => {
      const life = await Life.start(minor, ['orders']);
      for (let count = 1; count <= DISCONNECTS_THAT_WEDGE; count++) {
        await life.untilHeld(`what is there before restart ${count}`);
        await life.untilSettled();
        await life.restart();
      }
      life.publish('orders=2', 'users');
      if (gives === 'comes back') return life.untilHeld('what came after');
      assert.equal(life.istiod.isWedged, true);
      assert.deepEqual([...life.istiod.entries.keys()], ['payments/orders']);
      assert.deepEqual(life.clients, []);
    });
  }
});
