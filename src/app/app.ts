// SPDX-License-Identifier: Apache-2.0
// The composition root: configuration in, a running bridge out. What is wired to what stands here; what happens in which
// order to a change stands in turn.ts.
import { hostname } from 'node:os';
import { createAdmin } from '../admin/server.ts';
import type { Config } from '../config/config.ts';
import type { Settings } from '../config/load.ts';
import type { Clock } from '../lib/clock.ts';
import { tokenFrom } from '../lib/token-file.ts';
import type { createLog, Log } from '../observe/log.ts';
import { createServer } from '../serve/server.ts';
import { createSnapshot, type Snapshot } from '../snapshot/snapshot.ts';
import { SnapshotStore } from '../snapshot/store.ts';
import { createAdminActions } from './admin-actions.ts';
import { createAdminViews, type Phase } from './admin-views.ts';
import { ServedSinceBook } from './explain/served-since.ts';
import { metricSources, type ProgramState } from './figures.ts';
import { createObservation } from './observation.ts';
import { pipelineOptions } from './options.ts';
import { Pipeline } from './pipeline.ts';
import { createRegistries } from './registries.ts';
import { serveOptions } from './serve-options.ts';
import { snapshotChanges } from './snapshot-changes.ts';
import { createStateKeeping } from './state-keeping.ts';
import { createTurnStages } from './turn.ts';

export interface LoadedConfig {
  readonly config: Config;
  readonly settings: Settings;
}

export interface AppDeps {
  readonly clock: Clock;
  readonly random: () => number;
  readonly createLog: typeof createLog;
}

/** What became of an attempt to reload the configuration. */
export type ReloadOutcome = 'applied' | 'unchanged' | 'refused';

export interface App {
  readonly log: Log;
  /**
   * Listens first, then restores and reads: istiod must find the listener whatever they do. Rejects when a port is taken, or a
   * file that it needs for that (certificate, access list, token) cannot be used.
   */
  start(): Promise<{ readonly grpcPort: number; readonly adminPort: number }>;
  /** Applies a configuration that differs from the running one in live keys only. */
  apply(next: LoadedConfig, changedKeys: readonly string[]): void;
  reloaded(outcome: ReloadOutcome): void;
  /** Leaves in order: not ready, streams ended staggered, then everything closed. */
  stop(): Promise<void>;
  /** Closes everything at once. */
  close(): Promise<void>;
}

export function createApp(loaded: LoadedConfig, { clock, random, createLog }: AppDeps): App {
  let running = loaded;
  let phase: Phase = 'starting';
  let isClosed = false;
  let lastReload: ReloadOutcome | undefined;
  const { config } = loaded;
  const state: ProgramState = {
    slices: () => pipeline.slices(),
    lastTurn: () => pipeline.last(),
    snapshot: () => store.current(),
    publishedAtMs: () => pipeline.publishedAtMs(),
    clients: () => server.clients(),
    access: () => server.access(),
    refusals: () => server.refusals(),
    isReloadRefused: () => lastReload === 'refused',
    outside: (registry) => registries.outside(registry),
    session: (registry) => registries.session(registry),
    servedSince: (key) => served.of(key),
    saved: () => keeping?.view(),
  };
  const served = new ServedSinceBook();
  const observation = createObservation(() => running.config, metricSources(state), { clock, createLog });
  const { log } = observation;

  const store = new SnapshotStore(createSnapshot([], { serial: 0, complete: false, createdAtMs: clock.now() }));
  const context = { clock, log, random, onRead: observation.onRead, onDrift: observation.onDrift };
  const registries = createRegistries(config, context, observation.onSliceChange);
  const stages = createTurnStages(pipelineOptions(config));
  const keeping = createStateKeeping(() => running.config, { clock, log, ...observation.state });
  const pipeline = new Pipeline({
    ...config.publish,
    registry: registries.all,
    readAnew: (registry) => registries.readAnew(registry),
    stages,
    store,
    clock,
    observer: { ...observation.pipeline, onPublish },
    ...(keeping === undefined ? {} : { save: (turn) => keeping.save(turn) }),
  });
  const server = createServer(serveOptions(config), store, { clock, log, observer: observation.serve });
  const views = createAdminViews(state, {
    config: () => running.config,
    settings: () => running.settings,
    phase: () => phase,
    replica: hostname(),
    startedAtMs: clock.now(),
    now: () => clock.now(),
    events: observation.events,
    drift: observation.drift,
  });
  const actions = createAdminActions({ pipeline, config: () => running.config, clock, observer: observation });
  const admin = createAdmin(config.admin, views, { log, clock, metrics: observation.metrics, actions });

  function onPublish(snapshot: Snapshot, former: Snapshot): void {
    const changes = snapshotChanges(former, snapshot);
    served.published(snapshot, changes);
    observation.pipeline.onPublish(snapshot, changes);
  }

  async function restore(): Promise<void> {
    const restored = await keeping?.restore();
    if (restored === undefined || isClosed) return;
    registries.restore(restored.contents);
    pipeline.restore(restored.memory);
  }

  async function closeAll(): Promise<void> {
    isClosed = true;
    server.close();
    await Promise.all([pipeline.close(), admin.close()]);
    await keeping?.close();
  }

  return {
    log,
    async start() {
      observation.metrics.addProcessMetrics();
      // Who named a token wants to be able to use it in a bad hour, not to find out then that nobody can.
      if (config.admin.tokenFile !== undefined) await tokenFrom(config.admin.tokenFile);
      const { port: grpcPort } = await server.listen();
      const { port: adminPort } = await admin.listen();
      phase = 'ready';
      await restore();
      if (!isClosed) pipeline.start();
      return { grpcPort, adminPort };
    },
    apply(next, changedKeys) {
      running = next;
      registries.applyScopes(next.config, changedKeys);
      pipeline.replaceStages((former) => former.withOptions(pipelineOptions(next.config)));
    },
    reloaded(outcome) {
      lastReload = outcome;
      observation.onReload(outcome);
    },
    async stop() {
      phase = 'draining';
      await server.drain();
      await closeAll();
    },
    close: closeAll,
  };
}
