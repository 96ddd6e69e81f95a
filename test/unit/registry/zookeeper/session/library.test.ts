// What generation.ts relies on inside node-zookeeper-client. When one of these fails, the package has changed: read its
// source again, above all lib/ConnectionManager.js, before anything else.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import { type Client, createClient, Exception, State } from 'node-zookeeper-client';
import { Generation } from '../../../../../src/registry/zookeeper/session/generation.ts';

const require = createRequire(import.meta.url);

interface Manager {
  readonly [field: string]: unknown;
}

function client(servers = 'zk-1:2181,zk-2:2182/apps'): { readonly client: Client; readonly manager: Manager } {
  const made = createClient(servers, { sessionTimeout: 30_000, retries: 0 });
  const manager: unknown = made.connectionManager;
  return { client: made, manager: manager as Manager };
}

test('the package is the very version whose source was read', () => {
  const { version } = require('node-zookeeper-client/package.json') as { version: string };
  assert.equal(version, '1.1.3');
});

describe('a connection manager', () => {
  test('has the methods that are called, replaced or avoided, on its prototype', () => {
    const { manager } = client();
    for (const method of [
      ...['connect', 'setState', 'onSocketConnected', 'onSocketData', 'onSocketClosed'],
      ...['queue', 'addAuthInfo', 'onPacketQueueReadable', 'onSocketTimeout', 'cleanupPendingQueue'],
    ]) {
      assert.equal(typeof manager[method], 'function', method);
      assert.ok(!Object.hasOwn(manager, method), `${method} is not bound to the instance`);
    }
  });

  test('has the fields that are set and emptied', () => {
    const { manager } = client();
    assert.deepEqual(manager['credentials'], []);
    assert.deepEqual((manager['packetQueue'] as { queue: unknown }).queue, []);
    assert.deepEqual(manager['pendingQueue'], []);
    assert.equal(manager['pendingBuffer'], null);
    assert.equal(manager['chrootPath'], '/apps');
    assert.equal(manager['sessionTimeout'], 30_000);
  });

  test('numbers its states as expected', () => {
    const { STATES } = require('node-zookeeper-client/lib/ConnectionManager.js') as { STATES: object };
    assert.deepEqual(STATES, {
      DISCONNECTED: 0,
      CONNECTING: 1,
      CONNECTED: 2,
      CONNECTED_READ_ONLY: 3,
      CLOSING: -1,
      CLOSED: -2,
      SESSION_EXPIRED: -3,
      AUTHENTICATION_FAILED: -4,
    });
  });

  test('asks of its table of watches nothing but what ours has', () => {
    const { prototype } = require('node-zookeeper-client/lib/WatcherManager.js') as { prototype: object };
    const unused = ['getDataWatcherPaths', 'getChildWatcherPaths', 'getExistenceWatcherPaths'];
    assert.deepEqual(
      Object.keys(prototype)
        .filter((name) => !unused.includes(name))
        .sort(),
      ['emit', 'isEmpty', 'registerChildWatcher', 'registerDataWatcher', 'registerExistenceWatcher'],
    );
  });
});

test('a client has the states by which a handshake is judged', () => {
  assert.equal(State.SYNC_CONNECTED.name, 'SYNC_CONNECTED');
  assert.equal(State.EXPIRED.name, 'EXPIRED');
  assert.notEqual(client().client.getState(), State.SYNC_CONNECTED);
});

test('an error code that the library does not know is an error like any other, once a generation was made', () => {
  void Generation;
  assert.equal(Exception.create(-101).getCode(), -101);
  assert.equal(Exception.create(-124).getCode(), -124);
  assert.equal(Exception.create(4711).getCode(), 4711);
});
