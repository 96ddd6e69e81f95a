// The last Istio that reads its config sources by legacy MCP, as it was released in 2020: it becomes ready with what two bridges
// serve, follows what changes as cheaply as it can, and loses nothing when either side goes and comes back.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { stringify } from 'yaml';
import { needPeers } from './build/peers.ts';
import { Bridge, bridgeConfig } from './run/bridge.ts';
import { Pilot } from './run/pilot.ts';
import { scratchFolder } from './run/scratch.ts';
import { Teardown } from './run/teardown.ts';
import { untilHolds, waitFor } from './run/wait-for.ts';

/** Service → addresses of its instances. */
type Estate = Readonly<Record<string, readonly string[]>>;

describe('27. A Pilot of the 1.8 line reads legacy MCP', await needPeers('pilot'), () => {
  const teardown = new Teardown();
  let bridge: Bridge;
  let second: Bridge;
  let pilot: Pilot;
  let write: (estate: Estate) => void;
  before(async () => {
    write = registryFile('registry');
    write({ orders: ['10.0.0.1', '10.0.0.2'], carts: ['10.0.0.3'] });
    bridge = await Bridge.start(teardown, config('payments', 'registry'));
    registryFile('second')({ invoices: ['10.0.1.1'] });
    second = await Bridge.start(teardown, config('billing', 'second'));
    pilot = await Pilot.start(teardown, [bridge.hostPort, second.hostPort]);
    await pilot.untilReady();
  });
  after(() => teardown.run());

  const folder = scratchFolder(teardown, 'registries');
  const pathOf = (name: string) => join(folder, `${name}.yaml`);

  function registryFile(name: string): (estate: Estate) => void {
    return (estate) => {
      const services = Object.entries(estate).map(([service, addresses]) => ({
        name: service,
        instances: addresses.map((address) => ({ id: address, address, port: 8080 })),
      }));
      writeFileSync(pathOf(name), stringify({ services }));
    };
  }

  function config(namespace: string, file: string) {
    return bridgeConfig([], {
      namespace,
      registries: { vms: { kind: 'file', path: pathOf(file), pollInterval: '200ms' } },
      admit: { addresses: ['10.0.0.0/16'] },
      guard: { removalDebounce: '500ms', emptyGrace: '0s' },
    });
  }

  const lastFull = () => pilot.pushes().findLast((push) => push.startsWith('full'));

  test('it is ready, with the services of both', async () => {
    await untilHolds(() => assert.equal(lastFull(), 'full 3'), 'it knows three services');
  });

  test('every collection that it asked for was answered and acknowledged, and its release is told', async () => {
    await untilHolds(async () => {
      const [client, ...others] = await bridge.clients();
      assert.ok(client !== undefined && others.length === 0);
      assert.deepEqual([client.protocol, client.istio, client.types.length], ['resource-source', '1.8', 11]);
      assert.ok(client.types.every(({ state }) => state === 'settled'));
    }, 'one client, settled');
  });

  test('a changed instance is a push of the endpoints of its host alone', async () => {
    const before = pilot.pushes().length;
    write({ orders: ['10.0.0.1', '10.0.0.9'], carts: ['10.0.0.3'] });
    const of = () => pilot.pushes().slice(before);
    // What is added comes at once, what went after its debounce.
    await waitFor(() => of().length >= 2, 'two pushes');
    assert.deepEqual([...new Set(of())], ['endpoints orders.payments.vms']);
  });

  test('a service that comes and one that goes are there and gone', async () => {
    write({ orders: ['10.0.0.1', '10.0.0.9'], carts: ['10.0.0.3'], stock: ['10.0.0.4'] });
    await untilHolds(() => assert.equal(lastFull(), 'full 4'), 'it knows four services');
    write({ orders: ['10.0.0.1', '10.0.0.9'], stock: ['10.0.0.4'] });
    await untilHolds(() => assert.equal(lastFull(), 'full 3'), 'it knows three again');
  });

  test('a bridge that is killed and started again takes nothing away, and is followed as before', async () => {
    const before = pilot.pushes().length;
    await bridge.kill();
    await bridge.startAgain();
    write({ orders: ['10.0.0.1', '10.0.0.9'], stock: ['10.0.0.4'], search: ['10.0.0.5'] });
    await untilHolds(() => assert.equal(lastFull(), 'full 4'), 'it knows the new service');
    const numbers = pilot
      .pushes()
      .slice(before)
      .filter((push) => push.startsWith('full'));
    assert.ok(
      numbers.every((push) => push === 'full 3' || push === 'full 4'),
      numbers.join(),
    );
  });

  test('a Pilot that is started again has everything before it is ready', async () => {
    await pilot.restart();
    await pilot.untilReady();
    await untilHolds(() => assert.equal(lastFull(), 'full 4'), 'it knows all four services');
  });
});
