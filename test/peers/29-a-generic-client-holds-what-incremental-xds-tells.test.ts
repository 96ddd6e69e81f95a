// A second opinion on incremental xDS, which no istiod speaks to a config source: a client in Go, on the types of go-control-plane,
// that keeps what it is told as the text of the protocol says, and then holds what the state of the world is.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { needPeers } from './build/peers.ts';
import { Bridge } from './run/bridge.ts';
import { DeltaClient } from './run/delta-client.ts';
import { type Estate, EstateFile } from './run/estate-file.ts';
import { Teardown } from './run/teardown.ts';
import { waitFor } from './run/wait-for.ts';

const SERVICE_ENTRY = 'networking.istio.io/v1/ServiceEntry';
const PREFIX = 'payments/bridge.vms.';
const named = (...services: readonly string[]) => services.map((service) => PREFIX + service);

const needs = await needPeers('delta');

/** A client of a bridge whose registry a test writes, and how far it was listened to. */
class Scene {
  readonly teardown = new Teardown();
  readonly file: EstateFile;
  #bridge: Bridge | undefined;
  #client: DeltaClient | undefined;
  #heard = 0;

  constructor(estate: Estate) {
    this.file = new EstateFile(this.teardown, estate);
  }

  async start(): Promise<void> {
    this.#bridge = await Bridge.start(this.teardown, this.file.config('payments'));
    this.#client = new DeltaClient(this.teardown, this.#bridge.hostPort, SERVICE_ENTRY);
  }

  get bridge(): Bridge {
    if (this.#bridge === undefined) throw new Error('start it first');
    return this.#bridge;
  }

  get client(): DeltaClient {
    if (this.#client === undefined) throw new Error('start it first');
    return this.#client;
  }

  /** The next response. */
  async next(): Promise<string> {
    const told = await waitFor(() => this.client.told()[this.#heard], 'a response');
    this.#heard += 1;
    return told.replaceAll(PREFIX, '');
  }

  /** The bridge has read its registry several times more, and told nothing. */
  async nothing(): Promise<void> {
    await this.bridge.untilPolled(3);
    assert.deepEqual(this.client.told().slice(this.#heard), []);
  }

  /** What it holds is the whole, or those of these services that there are. */
  async holdsTheWorld(...services: readonly string[]): Promise<void> {
    const world = Object.entries(await this.client.stateOfTheWorld());
    const wanted = world.filter(([name]) => services.length === 0 || named(...services).includes(name));
    assert.notEqual(wanted.length, 0);
    assert.deepEqual(Object.entries(this.client.holds).sort(), wanted.sort());
  }
}

describe('29. A generic client of incremental xDS that wants everything', needs, () => {
  const scene = new Scene({ orders: ['10.0.0.1'], carts: ['10.0.0.2'] });
  const { file } = scene;
  before(() => scene.start());
  after(() => scene.teardown.run());

  test('is told all of it, then what changes, comes and goes', async () => {
    await scene.client.open();
    assert.equal(await scene.next(), '[+carts +orders]');
    file.write({ orders: ['10.0.0.1', '10.0.0.9'], carts: ['10.0.0.2'] });
    assert.equal(await scene.next(), '[+orders]');
    file.write({ orders: ['10.0.0.1', '10.0.0.9'], carts: ['10.0.0.2'], stock: ['10.0.0.3'] });
    assert.equal(await scene.next(), '[+stock]');
    file.write({ orders: ['10.0.0.1', '10.0.0.9'], stock: ['10.0.0.3'] });
    assert.equal(await scene.next(), '[-carts]');
    await scene.holdsTheWorld();
  });

  test('that refuses is not told the same again, and all that is in doubt when something changes', async () => {
    await scene.client.refuse('no such thing');
    file.write({ orders: ['10.0.0.1', '10.0.0.9'], stock: ['10.0.0.3'], bad: ['10.0.0.4'] });
    assert.equal(await scene.next(), '[+bad] ✗');
    await scene.client.accept();
    await scene.nothing();
    file.write({ orders: ['10.0.0.1'], stock: ['10.0.0.3'], bad: ['10.0.0.4'], good: ['10.0.0.5'] });
    assert.equal(await scene.next(), '[+bad +good]');
    // What went from an entry is told after its debounce.
    assert.equal(await scene.next(), '[+orders]');
    await scene.holdsTheWorld();
  });

  test('that lost its stream to the death of the bridge is told what it missed', async () => {
    await scene.bridge.kill();
    await waitFor(() => scene.client.losses() === 1, 'it notices');
    file.write({ orders: ['10.0.0.1', '10.0.0.2'], stock: ['10.0.0.3'], good: ['10.0.0.5'], users: ['10.0.0.6'] });
    await scene.bridge.startAgain();
    await scene.client.open();
    assert.equal(await scene.next(), '[+orders +users -bad]');
    await scene.holdsTheWorld();
  });

  test('that comes back and missed nothing is answered with nothing', async () => {
    await scene.client.open();
    assert.equal(await scene.next(), '[]');
    await scene.holdsTheWorld();
  });

  test('and then wants one name alone hears of no other', async () => {
    await scene.client.names(named('orders'), ['*']);
    assert.equal(await scene.next(), '[+orders]');
    file.write({
      orders: ['10.0.0.1', '10.0.0.2'],
      stock: ['10.0.0.3', '10.0.0.7'],
      users: ['10.0.0.6'],
      good: ['10.0.0.5'],
    });
    await scene.nothing();
    file.write({ orders: ['10.0.0.1', '10.0.0.2', '10.0.0.8'], users: ['10.0.0.6'], good: ['10.0.0.5'] });
    assert.equal(await scene.next(), '[+orders]');
    await scene.nothing();
    await scene.holdsTheWorld('orders');
  });
});

describe('29. A generic client of incremental xDS that names what it wants', needs, () => {
  const scene = new Scene({ orders: ['10.0.0.1'], carts: ['10.0.0.2'], search: ['10.0.0.5'] });
  const { file } = scene;
  const search = ['10.0.0.5'];
  before(() => scene.start());
  after(() => scene.teardown.run());

  test('is told that, and that the rest of its names is not there', async () => {
    await scene.client.open(named('orders', 'stock'));
    assert.equal(await scene.next(), '[+orders -stock]');
    await scene.holdsTheWorld('orders', 'stock');
  });

  test('hears when such a name comes, and of nothing else', async () => {
    file.write({ search, orders: ['10.0.0.1'], carts: ['10.0.0.2', '10.0.0.9'] });
    await scene.nothing();
    file.write({ search, orders: ['10.0.0.1'], carts: ['10.0.0.2', '10.0.0.9'], stock: ['10.0.0.3'] });
    assert.equal(await scene.next(), '[+stock]');
    await scene.holdsTheWorld('orders', 'stock');
  });

  test('may name more, and fewer', async () => {
    await scene.client.names(named('carts', 'search'), named('stock'));
    assert.equal(await scene.next(), '[+carts +search]');
    file.write({ search, orders: ['10.0.0.1'], carts: ['10.0.0.2', '10.0.0.9'], stock: ['10.0.0.3', '10.0.0.4'] });
    await scene.nothing();
    await scene.holdsTheWorld('orders', 'carts', 'search');
  });

  test('and comes back is told what changed of that, and what went', async () => {
    await scene.bridge.kill();
    await waitFor(() => scene.client.losses() === 1, 'it notices');
    file.write({ orders: ['10.0.0.1', '10.0.0.2'], carts: ['10.0.0.2', '10.0.0.9'], users: ['10.0.0.6'] });
    await scene.bridge.startAgain();
    await scene.client.open(named('orders', 'carts', 'search'));
    assert.equal(await scene.next(), '[+orders -search]');
    await scene.holdsTheWorld('orders', 'carts', 'search');
  });

  test('and wants everything after all is told everything', async () => {
    await scene.client.names(['*']);
    assert.equal(await scene.next(), '[+carts +orders +users]');
    await scene.nothing();
    await scene.holdsTheWorld();
  });
});
