// A served snapshot on a free port of 127.0.0.1, without registries behind it.
import { connect, createServer as createTcpServer, type Socket } from 'node:net';
import { type Clock, systemClock } from '../../src/lib/clock.ts';
import { type Log, silentLog } from '../../src/observe/log.ts';
import { type ServeObserver, silentObserver } from '../../src/serve/observer.ts';
import type { ServeOptions } from '../../src/serve/options.ts';
import { createServer, type SnapshotServer } from '../../src/serve/server.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { SnapshotStore } from '../../src/snapshot/store.ts';
import { SERVICE_ENTRY } from './resources.ts';

export const UNLIMITED: ServeOptions['rateLimits'] = {
  newStreams: { perSecond: 0, burst: 1 },
  requests: { perSecond: 0, burst: 1 },
};

export const ROOMY: ServeOptions['clientLimits'] = {
  streamsPerAddress: 0,
  subscriptionsPerStream: 200,
  firstRequestMs: 60_000,
  ackOverdueMs: 60_000,
};

/** In plaintext on a free port, with nothing limited. */
export const PLAIN_SERVING: ServeOptions = {
  address: '127.0.0.1',
  port: 0,
  plaintextPort: undefined,
  access: { tls: undefined, accessListFile: undefined },
  rateLimits: UNLIMITED,
  clientLimits: ROOMY,
  keepaliveTimeMs: 30_000,
  keepaliveTimeoutMs: 10_000,
  pushConcurrency: 8,
  publishedKinds: [SERVICE_ENTRY],
  coldStartBoundMs: undefined,
  coldStartReadyPort: 8080,
  coldStartLegacy: 'hold',
  legacyMinor: 5,
  shutdown: { drainDelayMs: 50, staggerMs: 50, deadlineMs: 5000 },
};

export interface ServedBridge {
  readonly address: string;
  readonly port: number;
  readonly plaintextPort: number | undefined;
  readonly store: SnapshotStore;
  readonly server: SnapshotServer;
}

export async function serveSnapshot(
  snapshot: Snapshot,
  options: Partial<ServeOptions> = {},
  observer: Partial<ServeObserver> = {},
  log: Log = silentLog,
  clock: Clock = systemClock,
): Promise<ServedBridge> {
  const store = new SnapshotStore(snapshot);
  const deps = { clock, log, observer: { ...silentObserver, ...observer } };
  const server = createServer({ ...PLAIN_SERVING, ...options }, store, deps);
  const listening = await server.listen();
  return { address: `127.0.0.1:${listening.port}`, ...listening, store, server };
}

/** A TCP relay in between, whose connections can be cut, or paused so that nothing passes and nobody is told. */
export async function relayTo(port: number) {
  const pairs = new Set<readonly [Socket, Socket]>();
  const relay = createTcpServer((inbound) => {
    const outbound = connect(port, '127.0.0.1');
    const pair = [inbound, outbound] as const;
    pairs.add(pair);
    for (const [from, to] of [pair, [outbound, inbound] as const]) {
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        to.destroy();
        pairs.delete(pair);
      });
    }
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
  const address = relay.address();
  if (address === null || typeof address === 'string') throw new Error('the relay has no port');
  return {
    address: `127.0.0.1:${address.port}`,
    cut() {
      for (const [inbound] of pairs) inbound.destroy();
    },
    /** Nothing passes any more, in either direction, as with a peer that is stopped. */
    freeze() {
      for (const [inbound, outbound] of pairs) {
        inbound.unpipe(outbound).pause();
        outbound.unpipe(inbound).pause();
      }
    },
    close() {
      for (const [inbound] of pairs) inbound.destroy();
      relay.close();
    },
  };
}
