import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { silentLog } from '../../../src/observe/log.ts';
import type { ServeObserver } from '../../../src/serve/observer.ts';
import { resourceSource } from '../../../src/serve/resource-source.ts';
import { ClientsBridge } from '../../fakes/clients-bridge.ts';
import { snapshotOf } from '../../fakes/resources.ts';

const SE = 'networking.istio.io/v1/ServiceEntry';
const MINUTE = 60_000;
const SECOND = 1000;

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('a bridge that could not read its registries yet', () => {
  test('answers a fresh istiod, alone, after the bound, loudly, and gives it every later state', async () => {
    const bridge = new ClientsBridge();
    const fresh = bridge.connect(29, 'fresh', 300);
    bridge.clock.advance(2 * MINUTE - 1);
    assert.deepEqual(fresh.given, []);
    assert.equal(bridge.clients.views()[0]?.coldStart.kind, 'waitUntil');
    bridge.clock.advance(1);
    assert.deepEqual(fresh.given, [[]]);
    assert.deepEqual(
      bridge.events.filter((event) => event.startsWith('early')),
      ['early sidecar~10.0.0.9~fresh~x 120 s'],
    );
    assert.equal(bridge.clients.views()[0]?.answeredEarly, true);
    await settle();
    bridge.store.publish(snapshotOf(['orders']));
    assert.deepEqual(fresh.given, [[], ['payments/orders']]);
    assert.equal(bridge.clients.views()[0]?.answeredEarly, false);
  });

  test('holds a running istiod for ever', () => {
    const bridge = new ClientsBridge();
    const running = bridge.connect(29, 'running', 31 * SECOND);
    bridge.clock.advance(24 * 60 * MINUTE);
    assert.deepEqual(running.given, []);
    bridge.store.publish(snapshotOf(['orders']));
    assert.deepEqual(running.given, [['payments/orders']]);
  });

  test('holds a fresh istiod beside a running one until that one is gone', () => {
    const bridge = new ClientsBridge();
    const running = bridge.connect(29, 'running', 5 * MINUTE);
    const fresh = bridge.connect(29, 'fresh', 300);
    bridge.clock.advance(10 * MINUTE);
    assert.deepEqual([running.given, fresh.given], [[], []]);
    running.stream.closed('client');
    bridge.clock.advance(2 * MINUTE);
    assert.deepEqual(fresh.given, [[]]);
  });

  test('holds a fresh istiod, however long it waited, when the running one only loses its connection', () => {
    const bridge = new ClientsBridge();
    const running = bridge.connect(29, 'running', 5 * MINUTE);
    const fresh = bridge.connect(29, 'fresh', 300);
    bridge.clock.advance(10 * MINUTE);
    running.stream.closed('client');
    bridge.clock.advance(90 * SECOND);
    bridge.connect(29, 'running', 17 * MINUTE);
    bridge.clock.advance(60 * MINUTE);
    assert.deepEqual(fresh.given, []);
  });

  test('does not prolong the wait for a stream that asked for nothing, nor for one that only looked', () => {
    const bridge = new ClientsBridge();
    const fresh = bridge.connect(29, 'fresh', 300);
    bridge.clock.advance(MINUTE);
    bridge.connect(29, 'footbridge-watch', 10 * MINUTE).stream.closed('client');
    bridge.clients
      .open({
        protocol: 'sotw',
        peer: '10.0.0.9:4712',
        isEncrypted: false,
        names: undefined,
        send: () => 0,
        end: () => {},
      })
      .closed('client');
    bridge.clock.advance(MINUTE);
    assert.deepEqual(fresh.given, [[]]);
  });

  test('holds an istiod that is older than the bridge, however young: a bridge before this one may have filled it', () => {
    const bridge = new ClientsBridge();
    bridge.clock.advance(5 * SECOND);
    const older = bridge.connect(29, 'older', 10 * SECOND);
    bridge.clock.advance(60 * MINUTE);
    assert.deepEqual(older.given, []);
  });

  test('counts the wait from when the process first asked, over a lost connection', () => {
    const bridge = new ClientsBridge();
    const first = bridge.connect(29, 'fresh', 300);
    bridge.clock.advance(90 * SECOND);
    first.stream.closed('client');
    const second = bridge.connect(29, 'fresh', 300 + 90 * SECOND);
    bridge.clock.advance(30 * SECOND);
    assert.deepEqual([first.given, second.given], [[], [[]]]);
  });

  test('answers a fresh istiod again when it lost its connection before it could acknowledge', () => {
    const bridge = new ClientsBridge();
    const first = bridge.connect(29, 'fresh', 300);
    first.isDeaf = true;
    bridge.clock.advance(2 * MINUTE);
    first.stream.closed('client');
    const second = bridge.connect(29, 'fresh', 300 + 2 * MINUTE);
    bridge.clock.advance(0);
    assert.deepEqual([first.given, second.given], [[[]], [[]]]);
  });

  test('holds one that acknowledged an early answer, went away and came back', async () => {
    const bridge = new ClientsBridge();
    const first = bridge.connect(29, 'fresh', 300);
    bridge.clock.advance(2 * MINUTE);
    await settle();
    first.stream.closed('client');
    const second = bridge.connect(29, 'fresh', 300 + 2 * MINUTE);
    bridge.clock.advance(60 * MINUTE);
    assert.deepEqual([first.given, second.given], [[[]], []]);
  });

  test('never answers an istiod of 1.12, which does not wait, and answers one of 1.20', () => {
    for (const [minor, given] of [
      [12, []],
      [20, [[]]],
    ] as const) {
      const bridge = new ClientsBridge();
      const fresh = bridge.connect(minor, 'fresh', 300);
      bridge.clock.advance(60 * MINUTE);
      assert.deepEqual(fresh.given, given);
    }
  });

  test('answers at once with a bound of 0, and never without one', () => {
    const eager = new ClientsBridge({ boundMs: 0 });
    const answered = eager.connect(29, 'fresh', 300);
    eager.clock.advance(0);
    assert.deepEqual(answered.given, [[]]);
    const patient = new ClientsBridge({ boundMs: Number.POSITIVE_INFINITY });
    const held = patient.connect(29, 'fresh', 300);
    patient.clock.advance(60 * MINUTE);
    assert.deepEqual(held.given, []);
  });

  test("lets one of our own clients that only looks stand in nobody's way, and gives it nothing", () => {
    const bridge = new ClientsBridge();
    const watch = bridge.connect(29, 'footbridge-watch', 10 * MINUTE);
    const fresh = bridge.connect(29, 'fresh', 300);
    bridge.clock.advance(2 * MINUTE);
    assert.deepEqual([watch.given, fresh.given], [[], [[]]]);
  });

  test('answers one that runs for long and says of itself that it is not ready, after the bound', async () => {
    const bridge = new ClientsBridge();
    bridge.ownReadiness = 'notReady';
    const cut = bridge.connect(29, 'cut', 10 * MINUTE);
    await bridge.clock.advanceAsync(2 * MINUTE + SECOND, SECOND);
    assert.deepEqual([cut.given, new Set(bridge.asked)], [[[]], new Set(['10.0.0.9'])]);
  });

  test('holds it from the moment on at which it says so no longer, or does not answer', async () => {
    for (const later of ['ready', 'unknown'] as const) {
      const bridge = new ClientsBridge();
      bridge.ownReadiness = 'notReady';
      const running = bridge.connect(29, 'running', 10 * MINUTE);
      await bridge.clock.advanceAsync(MINUTE, SECOND);
      bridge.ownReadiness = later;
      await bridge.clock.advanceAsync(10 * MINUTE, 5 * SECOND);
      assert.deepEqual(running.given, [], later);
    }
  });

  test('asks no istiod how it is whose age tells, nor one that does not wait, nor anyone when nobody may be answered', async () => {
    for (const { boundMs, minor, ageMs } of [
      { minor: 29, ageMs: 300 },
      { minor: 12, ageMs: 10 * MINUTE },
      { minor: 29, ageMs: 10 * MINUTE, boundMs: Number.POSITIVE_INFINITY },
    ]) {
      const bridge = new ClientsBridge(boundMs === undefined ? {} : { boundMs });
      bridge.ownReadiness = 'notReady';
      bridge.connect(minor, 'istiod', ageMs);
      await bridge.clock.advanceAsync(10 * MINUTE, 5 * SECOND);
      assert.deepEqual(bridge.asked, []);
    }
  });

  test('asks for as long as it waits, and leaves no timer behind', async () => {
    const bridge = new ClientsBridge();
    const running = bridge.connect(29, 'running', 10 * MINUTE);
    await bridge.clock.advanceAsync(MINUTE, SECOND);
    running.stream.closed('client');
    const asked = bridge.asked.length;
    await bridge.clock.advanceAsync(MINUTE, SECOND);
    assert.deepEqual([bridge.asked.length, bridge.clock.pending], [asked, 0]);
    bridge.connect(29, 'running', 12 * MINUTE);
    bridge.clients.close();
    assert.equal(bridge.clock.pending, 0);
  });

  test('holds a fresh istiod for a bound after one that may hold entries was connected to another replica', () => {
    const bridge = new ClientsBridge();
    const fresh = bridge.connect(29, 'fresh', 300);
    bridge.clock.advance(MINUTE);
    bridge.clients.heldElsewhere(bridge.clock.now());
    bridge.clock.advance(2 * MINUTE - 1);
    assert.deepEqual(fresh.given, []);
    bridge.clock.advance(1);
    assert.deepEqual(fresh.given, [[]]);
  });

  test('tells other replicas how long ago a client was here that may hold entries, and nothing that it has from them', () => {
    const bridge = new ClientsBridge();
    bridge.clients.heldElsewhere(bridge.clock.now());
    bridge.connect(29, 'fresh', 300);
    bridge.connect(29, 'footbridge-watch', 300);
    assert.equal(bridge.clients.heldAgoMs(), undefined);
    const running = bridge.connect(29, 'running', 5 * MINUTE);
    assert.equal(bridge.clients.heldAgoMs(), 0);
    running.stream.closed('client');
    bridge.clock.advance(MINUTE);
    assert.equal(bridge.clients.heldAgoMs(), MINUTE);
  });

  test('tells them of a fresh one that was given everything', () => {
    const bridge = new ClientsBridge();
    bridge.connect(29, 'fresh', 300);
    bridge.store.publish(snapshotOf(['orders']));
    assert.equal(bridge.clients.heldAgoMs(), 0);
  });

  describe('over legacy MCP', () => {
    const connected = (bridge: ClientsBridge, held: Record<string, string> = {}) => {
      const given: string[][] = [];
      const stream = bridge.clients.open({
        protocol: 'resource-source',
        peer: '10.0.0.9:4711',
        isEncrypted: false,
        names: undefined,
        send(send, done) {
          given.push([...send.set.resources.keys()]);
          done();
          return 0;
        },
        end: () => {},
      });
      const request = { collection: 'istio/networking/v1alpha3/serviceentries', incremental: true };
      stream.receive((state) => resourceSource.read(state, { ...request, initialResourceVersions: held }));
      return { stream, given };
    };

    test('holds every client unless configured', () => {
      const bridge = new ClientsBridge();
      const pilot = connected(bridge);
      bridge.clock.advance(60 * MINUTE);
      assert.deepEqual(pilot.given, []);
    });

    test('answers one after the bound where that is configured, unless it says what it holds', () => {
      const bridge = new ClientsBridge({ legacy: 'answer' });
      const pilot = connected(bridge);
      bridge.clock.advance(2 * MINUTE);
      assert.deepEqual(pilot.given, [[]]);
      const other = new ClientsBridge({ legacy: 'answer' });
      const [holder, beside] = [connected(other, { 'payments/orders': 'v1' }), connected(other)];
      other.clock.advance(60 * MINUTE);
      assert.deepEqual([holder.given, beside.given], [[], []]);
    });
  });

  test('holds a young process that had been given everything when a registry is added that was not read yet', () => {
    const bridge = new ClientsBridge();
    bridge.store.publish(snapshotOf(['orders']));
    const first = bridge.connect(29, 'fresh', 300);
    first.isDeaf = true;
    bridge.store.publish(snapshotOf(['orders'], { complete: false }));
    bridge.clock.advance(0);
    assert.equal(bridge.clients.views()[0]?.coldStart.kind, 'notWaiting');
    first.stream.closed('client');
    bridge.clock.advance(20 * SECOND);
    const second = bridge.connect(29, 'fresh', 300 + 20 * SECOND);
    bridge.clock.advance(60 * MINUTE);
    assert.deepEqual(second.given, []);
  });

  test('sets no timer any more once it is closed, whoever leaves after that', () => {
    const bridge = new ClientsBridge();
    const client = bridge.connect(29, 'a', 300);
    bridge.clock.advance(0);
    bridge.clients.close();
    client.stream.closed('client');
    assert.equal(bridge.clock.pending, 0);
  });

  test('keeps no timer and no stream after everyone left', () => {
    const bridge = new ClientsBridge();
    for (const pod of ['a', 'b']) bridge.connect(29, pod, 300).stream.closed('client');
    assert.equal(bridge.clients.streams().length, 0);
    bridge.clients.close();
    assert.equal(bridge.clock.pending, 0);
  });
});

describe('one client', () => {
  test('that leaves in the middle of its turn gives it up at once', () => {
    const bridge = new ClientsBridge();
    const stuck = ['a', 'b'].map((pod) => bridge.connect(29, pod, MINUTE));
    const waiting = bridge.connect(29, 'c', MINUTE);
    for (const client of stuck) client.takesNothing = true;
    bridge.store.publish(snapshotOf(['orders']));
    assert.deepEqual(waiting.given, []);
    stuck[0]?.stream.closed('client');
    assert.deepEqual(waiting.given, [['payments/orders']]);
  });

  test('whose serving meets a defect is ended, and the others are served', () => {
    const observer: Partial<ServeObserver> = {
      pushed(client, { resources }) {
        if (client.streamId === '1' && resources > 0) throw new Error('planted');
      },
    };
    const bridge = new ClientsBridge({ observer });
    bridge.connect(29, 'unlucky', MINUTE);
    const other = bridge.connect(29, 'other', MINUTE);
    bridge.store.publish(snapshotOf(['orders']));
    assert.deepEqual(other.given, [['payments/orders']]);
    assert.deepEqual(
      bridge.clients.streams().map(({ id }) => id),
      ['2'],
    );
  });

  test('that is asked for by its type is in the table with what it was sent', async () => {
    const bridge = new ClientsBridge();
    bridge.store.publish(snapshotOf(['orders']));
    bridge.connect(29, 'istiod-0', MINUTE);
    await settle();
    const [view] = bridge.clients.views();
    assert.equal(view?.istio, '1.24–1.29');
    assert.deepEqual(new Set(view?.types.map(({ state }) => state)), new Set(['settled']));
    const entries = view?.types.find(({ typeUrl }) => typeUrl === SE);
    assert.equal(entries?.sent?.resources, 1);
    assert.equal(entries?.acked?.version, entries?.sent?.version);
    assert.ok(bridge.events.includes(`acked sidecar~10.0.0.9~istiod-0~x ${SE}`));
  });
});

describe('a refusal', () => {
  const COLLECTION = 'istio/networking/v1alpha3/serviceentries';

  /** A client of legacy MCP that asks for all entries; how it answers is told by each test. */
  function ask(bridge: ClientsBridge, bytes: number) {
    const sent: string[] = [];
    const stream = bridge.clients.open({
      protocol: 'resource-source',
      peer: `10.0.0.9:${4711 + bridge.clients.streams().length}`,
      isEncrypted: false,
      names: undefined,
      send({ nonce }, done) {
        sent.push(nonce);
        done();
        return bytes;
      },
      end: () => {},
    });
    const answer = (message?: string) => {
      const errorDetail = message === undefined ? null : { message };
      const responseNonce = sent.at(-1) ?? '';
      stream.receive((state) => resourceSource.read(state, { collection: COLLECTION, responseNonce, errorDetail }));
    };
    stream.receive((state) => resourceSource.read(state, { collection: COLLECTION }));
    return { stream, answer };
  }

  const codes = (bridge: ClientsBridge) => bridge.clients.refusals().map(({ code }) => code);

  test('of what is too large outlives its stream, until the same client has acknowledged what it was sent', () => {
    const bridge = new ClientsBridge();
    bridge.store.publish(snapshotOf(['orders']));
    const [MOST, connected] = [4 * 1024 * 1024, (bytes: number) => ask(bridge, bytes)];
    connected(MOST).stream.closed('client');
    assert.deepEqual(codes(bridge), []);
    connected(MOST + 1).stream.closed('client');
    assert.deepEqual(codes(bridge), ['RESPONSE_TOO_LARGE']);
    const served = connected(MOST);
    assert.deepEqual(codes(bridge), ['RESPONSE_TOO_LARGE']);
    served.answer();
    assert.deepEqual(codes(bridge), []);
  });

  test('with a message is remembered when its client leaves, and told by the client itself while it is there', () => {
    const bridge = new ClientsBridge();
    bridge.store.publish(snapshotOf(['orders']));
    const first = ask(bridge, 1);
    first.answer('bad bytes');
    assert.deepEqual(codes(bridge), []);
    first.stream.closed('client');
    assert.deepEqual(codes(bridge), ['RESPONSE_REFUSED']);
    const second = ask(bridge, 1);
    second.answer('bad bytes');
    assert.deepEqual(codes(bridge), []);
    assert.equal(bridge.clients.views()[0]?.types[0]?.nacked?.message, 'bad bytes');
    second.stream.closed('client');
    ask(bridge, 1).answer();
    assert.deepEqual(codes(bridge), []);
  });
});

describe('a response that is larger than its client can read', () => {
  test('is told with every push, and said in the log once in a minute, with the remedy', () => {
    const told: boolean[] = [];
    const lines: string[] = [];
    const bridge = new ClientsBridge({
      observer: { tooLarge: (_client, { isNews }) => told.push(isNews) },
      log: { ...silentLog, error: (event, fields) => lines.push(`${event} ${String(fields?.['remedy'])}`) },
    });
    bridge.store.publish(snapshotOf(['orders']));
    for (const seconds of [0, 1, 61]) {
      bridge.clock.advance(seconds * SECOND);
      const stream = bridge.clients.open({
        protocol: 'resource-source',
        peer: '10.0.0.9:4711',
        isEncrypted: false,
        names: undefined,
        send: () => 4 * 1024 * 1024 + 1,
        end: () => {},
      });
      stream.receive((state) => resourceSource.read(state, { collection: 'istio/networking/v1alpha3/serviceentries' }));
      assert.equal(bridge.clients.views().at(-1)?.types[0]?.tooLarge?.bytes, 4 * 1024 * 1024 + 1);
    }
    assert.deepEqual(told, [true, false, true]);
    assert.equal(lines.length, 2);
    assert.match(lines[0] ?? '', /client.response_too_large .*--mcpMaxMsgSize/);
  });
});
