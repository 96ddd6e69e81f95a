// The last Istio that reads its config sources by legacy MCP, as it was released in 2020: it becomes ready with what two bridges
// and Galley's own server serve, follows what changes as cheaply as it can, and loses nothing when either side goes and comes back.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { collectionsOf } from '../fakes/legacy-collections.ts';
import { needPeers } from './build/peers.ts';
import { Bridge } from './run/bridge.ts';
import { type Estate, EstateFile } from './run/estate-file.ts';
import { Galley } from './run/galley.ts';
import { Pilot } from './run/pilot.ts';
import { Teardown } from './run/teardown.ts';
import { untilHolds, waitFor } from './run/wait-for.ts';

describe('27. A Pilot of the 1.8 line reads legacy MCP', await needPeers('pilot', 'galley'), () => {
  const teardown = new Teardown();
  let bridge: Bridge;
  let second: Bridge;
  let galley: Galley;
  let pilot: Pilot;
  let write: (estate: Estate) => void;
  before(async () => {
    const file = new EstateFile(teardown, { orders: ['10.0.0.1', '10.0.0.2'], carts: ['10.0.0.3'] });
    write = (estate) => file.write(estate);
    bridge = await Bridge.start(teardown, file.config('payments'));
    const other = new EstateFile(teardown, { invoices: ['10.0.1.1'] });
    second = await Bridge.start(teardown, other.config('billing'));
    galley = await Galley.start(teardown, { namespace: 'ledgers', collections: collectionsOf(8) });
    await galley.publish({ ledger: ['10.0.2.1'] });
    pilot = await Pilot.start(teardown, [bridge.hostPort, second.hostPort, galley.hostPort]);
    await pilot.untilReady();
  });
  after(() => teardown.run());

  const lastFull = () => pilot.pushes().findLast((push) => push.startsWith('full'));

  test('it is ready, with the services of all three', async () => {
    await untilHolds(() => assert.equal(lastFull(), 'full 4'), 'it knows four services');
  });

  test('every collection that it asked for was answered and acknowledged, and its release is told', async () => {
    await untilHolds(async () => {
      const [client, ...others] = await bridge.clients();
      assert.ok(client !== undefined && others.length === 0, 'there is one');
      assert.deepEqual([client.protocol, client.istio, client.types.length], ['resource-source', '1.8', 11]);
      assert.ok(
        client.types.every(({ state }) => state === 'settled'),
        'all is acknowledged',
      );
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

  test('so is one of Galley’s server, which stands beside ours', async () => {
    const before = pilot.pushes().length;
    await galley.publish({ ledger: ['10.0.2.1', '10.0.2.2'] });
    await waitFor(() => pilot.pushes().length > before, 'a push');
    assert.deepEqual(pilot.pushes().slice(before), ['endpoints ledger.ledgers.galley']);
  });

  test('a service that comes and one that goes are there and gone', async () => {
    write({ orders: ['10.0.0.1', '10.0.0.9'], carts: ['10.0.0.3'], stock: ['10.0.0.4'] });
    await untilHolds(() => assert.equal(lastFull(), 'full 5'), 'it knows five services');
    write({ orders: ['10.0.0.1', '10.0.0.9'], stock: ['10.0.0.4'] });
    await untilHolds(() => assert.equal(lastFull(), 'full 4'), 'it knows four again');
  });

  test('a bridge that is killed and started again takes nothing away, and is followed as before', async () => {
    const before = pilot.pushes().length;
    await bridge.kill();
    await bridge.startAgain();
    write({ orders: ['10.0.0.1', '10.0.0.9'], stock: ['10.0.0.4'], search: ['10.0.0.5'] });
    await untilHolds(() => assert.equal(lastFull(), 'full 5'), 'it knows the new service');
    const numbers = pilot
      .pushes()
      .slice(before)
      .filter((push) => push.startsWith('full'));
    assert.ok(
      numbers.every((push) => push === 'full 4' || push === 'full 5'),
      numbers.join(),
    );
  });

  test('a Pilot that is started again has everything before it is ready', async () => {
    await pilot.restart();
    await pilot.untilReady();
    await untilHolds(() => assert.equal(lastFull(), 'full 5'), 'it knows all five services');
  });
});
