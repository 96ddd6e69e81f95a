// SPDX-License-Identifier: Apache-2.0
// The gRPC server: all services on one port, or on two. It is up before any registry was read, because istiod ends itself when a config
// source refuses its first connection; what it may answer then is decided further in.
import { randomBytes } from 'node:crypto';
import { Server, type ServerOptions, setLogger } from '@grpc/grpc-js';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../observe/log.ts';
import type { SnapshotStore } from '../snapshot/store.ts';
import { Access, type AccessView } from './access/access.ts';
import { Admission } from './access/admission.ts';
import { ADS_NAME, adsDefinition, adsHandlers } from './ads-service.ts';
import type { ClientView } from './client-view.ts';
import { Clients } from './clients.ts';
import { drain } from './drain.ts';
import { HealthService, healthDefinition } from './health-service.ts';
import { askReadiness } from './istiod-ready.ts';
import { Listeners, type Listening } from './listeners.ts';
import {
  MESH_CONFIG_NAME,
  meshConfigDefinition,
  meshConfigHandlers,
  RESOURCE_SOURCE_NAME,
  resourceSourceDefinition,
  resourceSourceHandlers,
} from './mcp-service.ts';
import { type ServeObserver, silentObserver } from './observer.ts';
import type { ServeOptions } from './options.ts';
import type { RememberedRefusal } from './refusal-memory.ts';

export interface ServeDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Default: nobody is told. */
  readonly observer?: ServeObserver;
  /** Default: random. Tests give a fixed one. */
  readonly noncePrefix?: string;
}

export interface SnapshotServer {
  /** Rejects when the address cannot be had; the error says which and why. */
  listen(): Promise<Listening>;
  access(): AccessView;
  clients(): readonly ClientView[];
  /** How long ago a client was here that may hold what is served; undefined: none was. */
  heldAgoMs(): number | undefined;
  /** Such a client was connected to another replica then. */
  heldElsewhere(atMs: number): void;
  /** Of the last minutes, also of clients that left since. The latest first. */
  refusals(): readonly RememberedRefusal[];
  /** Leaves in order (serve/drain.ts). `forced`: the deadline had to cut something. May be called once. */
  drain(): Promise<'clean' | 'forced'>;
  /** Cuts everything at once. Also after, or instead of, a drain. */
  close(): void;
}

export function createServer(options: ServeOptions, store: SnapshotStore, deps: ServeDeps): SnapshotServer {
  const { clock, log, observer = silentObserver } = deps;
  const noncePrefix = deps.noncePrefix ?? randomBytes(6).toString('hex');
  const askReady = (address: string) => askReadiness(address, options.coldStartReadyPort, clock);
  const clients = new Clients(options, store, { clock, log, observer, noncePrefix, askReadiness: askReady });
  const access = new Access({ clock, log, observer });
  const admission = new Admission(access, options, { clock, observer });
  const health = new HealthService([ADS_NAME, RESOURCE_SOURCE_NAME, MESH_CONFIG_NAME]);
  // The library writes to the console otherwise; what it says of a failure comes to us as an error as well.
  setLogger({ error: (message) => log.debug('grpc', { message: String(message) }), info() {}, debug() {} });
  const server = new Server(transportOptions(options));
  server.addService(adsDefinition, adsHandlers(clients, admission));
  server.addService(resourceSourceDefinition, resourceSourceHandlers(clients, admission));
  server.addService(meshConfigDefinition, meshConfigHandlers(clients, admission));
  server.addService(healthDefinition, health.handlers);

  const listeners = new Listeners(server, access, options);
  access.onList(() => clients.review((names) => access.verdictOn(names).kind === 'allowed'));

  const close = () => {
    clients.close();
    listeners.close();
    server.forceShutdown();
  };
  const steps = {
    notServing: () => health.notServing(),
    stopListening: () => listeners.stop(),
    streams: () => [() => health.endWatches(), ...clients.streams().map((stream) => () => stream.end('drained'))],
    force: close,
  };
  return {
    listen: () => listeners.listen(),
    access: () => access.view(),
    clients: () => clients.views(),
    heldAgoMs: () => clients.heldAgoMs(),
    heldElsewhere: (atMs) => clients.heldElsewhere(atMs),
    refusals: () => clients.refusals(),
    async drain() {
      const outcome = await drain(steps, options.shutdown, clock);
      clients.close();
      return outcome;
    },
    close,
  };
}

function transportOptions({ keepaliveTimeMs, keepaliveTimeoutMs }: ServeOptions): ServerOptions {
  return {
    // Finds clients that are gone without a word; istiod up to 1.16 sends no pings of its own.
    'grpc.keepalive_time_ms': keepaliveTimeMs,
    'grpc.keepalive_timeout_ms': keepaliveTimeoutMs,
    // Requests are small: whoever sends more is not a client. The size of responses is not limited.
    'grpc.max_receive_message_length': 4 * 1024 * 1024,
    'grpc.max_send_message_length': -1,
    'grpc.max_concurrent_streams': 1000,
    // Channelz stays on although nothing reads it: without it @grpc/grpc-js 1.14 keeps no list of its connections, and
    // `forceShutdown` cuts none of them (test/faults/serve.test.ts fails then).
    'grpc.enable_channelz': 1,
  };
}
