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
import type { StateRefusal } from '../persist/refusal.ts';
import type { SavedState } from '../persist/saved-state.ts';
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
import { Restoring } from './restoring.ts';
import { createSeeding } from './seeding.ts';
import { serveOptions } from './serve-options.ts';
import { snapshotChanges } from './snapshot-changes.ts';
import { createStateKeeping, stateText } from './state-keeping.ts';
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
    notRestored: () => restoring.refusals(),
    seeding: () => seeding?.outcome(),
  };
  const served = new ServedSinceBook();
  const observation = createObservation(() => running.config, metricSources(state), { clock, createLog });
  const { log } = observation;

  const store = new SnapshotStore(createSnapshot([], { serial: 0, complete: false, createdAtMs: clock.now() }));
  const context = { clock, log, random, onRead: observation.onRead, onDrift: observation.onDrift };
  const registries = createRegistries(config, context, observation.onSliceChange);
  const stages = createTurnStages(pipelineOptions(config));
  const restoring = new Restoring({
    config: () => running.config,
    clock,
    log,
    onRestored: observation.state.onRestored,
  });
  const onRefused = (refusals: readonly StateRefusal[]) => restoring.refuse(refusals);
  const keeping = createStateKeeping(() => running.config, {
    clock,
    log,
    onWrite: observation.state.onWrite,
    onRefused,
  });
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
  const replicas = {
    tokenFile: config.replicas.tokenFile,
    state: () => stateText(pipeline.last(), running.config, clock.now()),
    heldAgoMs: () => server.heldAgoMs(),
  };
  const adminDeps = { log, clock, metrics: observation.metrics, actions, replicas };
  const admin = createAdmin(config.admin, views, adminDeps);
  let ownPort = config.admin.port;
  const seeding = createSeeding(config, {
    clock,
    log,
    ownPort: () => ownPort,
    isComplete: () => store.current().complete,
    onRefused,
    onStates: adopt,
    onHeld: (agoMs) => server.heldElsewhere(clock.now() - agoMs),
  });

  function onPublish(snapshot: Snapshot, former: Snapshot): void {
    const changes = snapshotChanges(former, snapshot);
    served.published(snapshot, changes);
    observation.pipeline.onPublish(snapshot, changes);
  }

  async function restore(): Promise<void> {
    const [seeds, kept] = await Promise.all([seeding?.states(), keeping?.read()]);
    adopt([...(seeds ?? []), ...(kept === undefined ? [] : [kept])]);
  }

  /** What was read meanwhile by this process itself stays as it is. */
  function adopt(states: readonly SavedState[]): void {
    const read = new Set(
      pipeline.slices().flatMap(({ registry, reading }) => (reading.kind === 'waiting' ? [] : [registry])),
    );
    const wanted = states.map((one) => ({ ...one, registries: one.registries.filter(({ name }) => !read.has(name)) }));
    const restored = isClosed ? undefined : restoring.from(wanted);
    const isNews = pipeline.last() === undefined || (restored?.contents.size ?? 0) > 0;
    if (restored === undefined || !isNews) return;
    registries.restore(restored.contents);
    pipeline.restore(restored.memory);
  }

  async function closeAll(): Promise<void> {
    isClosed = true;
    seeding?.close();
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
      ownPort = adminPort;
      phase = 'restoring';
      await restore();
      if (isClosed) return { grpcPort, adminPort };
      // Who drains meanwhile stays so. Not sooner: the pod that this one replaces is ended when it is ready, and with it what it knows.
      if (phase === 'restoring') phase = 'ready';
      pipeline.start();
      seeding?.start();
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
