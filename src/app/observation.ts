// SPDX-License-Identifier: Apache-2.0
// What happens in the program → log, metrics and events. The parts of the program tell what they do in their own words; here
// stands who hears of it, so that none of them knows a metric.
import type { Config } from '../config/config.ts';
import type { Clock } from '../lib/clock.ts';
import { VERSION } from '../lib/version.ts';
import { CATALOGUE } from '../model/problem-catalogue.ts';
import { Events } from '../observe/events.ts';
import type { MetricSources, OwnerFigures } from '../observe/gauge-readings.ts';
import type { createLog, Log } from '../observe/log.ts';
import type { LabelsOf } from '../observe/metric-table.ts';
import { Metrics } from '../observe/metrics.ts';
import { changeEvents } from '../registry/change-events.ts';
import type { ReadReport } from '../registry/kind.ts';
import type { SliceChange } from '../registry/slice-change.ts';
import { REGISTRY_KINDS } from '../registry/table.ts';
import type { ServeObserver } from '../serve/observer.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { createExcessWatch } from './excess-watch.ts';
import { createFreezeWatch } from './freeze-watch.ts';
import { holdSentence } from './hold-sentence.ts';
import type { PipelineObserver } from './pipeline.ts';
import type { RestoringDeps } from './restoring.ts';
import type { SnapshotChanges } from './snapshot-changes.ts';
import type { StateDeps } from './state-keeping.ts';

export interface Observation {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly events: Events;
  readonly pipeline: Pick<PipelineObserver, 'onTurn'> & {
    readonly onPublish: (snapshot: Snapshot, changes: SnapshotChanges) => void;
  };
  readonly serve: ServeObserver;
  readonly onRead: (read: ReadReport) => void;
  readonly onDrift: (registry: string, places: number) => void;
  /** All that `onDrift` was told of a registry, and when last; undefined: nothing. */
  readonly drift: (registry: string) => { readonly places: number; readonly atMs: number } | undefined;
  readonly onSliceChange: (change: SliceChange) => void;
  readonly state: Pick<StateDeps, 'onWrite'> & Pick<RestoringDeps, 'onRestored'>;
  /** Somebody at the address `by` ended a hold by hand. */
  readonly onRelease: (holdId: string, by: string) => void;
  /** Somebody at the address `by` froze something, or ended a freeze. */
  readonly onFreezeByHand: (what: 'begun' | 'ended', freezeId: string, by: string) => void;
  readonly onReload: (outcome: LabelsOf<'configReloads'>['outcome']) => void;
}

/** `config` gives the configuration that holds now. Log and registries are as they were at the start. */
export function createObservation(
  config: () => Config,
  sources: MetricSources,
  deps: { readonly clock: Clock; readonly createLog: typeof createLog },
): Observation {
  const { log: logOptions, registries } = config();
  const log = deps.createLog({ ...logOptions, onLine: (level) => metrics.logged(level) });
  const events = new Events(deps.clock);
  const drift = new Map<string, { readonly places: number; readonly atMs: number }>();
  const metrics = new Metrics({
    sources,
    registries: Object.entries(registries).map(([name, { kind }]) => ({
      name,
      modes: REGISTRY_KINDS[kind].modes,
      hasSession: REGISTRY_KINDS[kind].hasSession,
    })),
    problemCodes: Object.keys(CATALOGUE),
    version: VERSION,
    owner: () => ownerFigures(config()),
    log,
  });
  return {
    log,
    metrics,
    events,
    pipeline: pipelineObserver(log, metrics, events),
    serve: serveObserver(metrics, events),
    onRead: (read) => metrics.registryRead(read),
    onDrift(registry, places) {
      metrics.registryDrifted(registry, places);
      drift.set(registry, { places: (drift.get(registry)?.places ?? 0) + places, atMs: deps.clock.now() });
      events.add({ kind: 'registry', registry, text: `an audit found ${places} changes that were not announced` });
    },
    drift: (registry) => drift.get(registry),
    onSliceChange(change) {
      countChange(metrics, change);
      for (const event of changeEvents(change)) events.add(event);
    },
    state: {
      onWrite: ({ kind }) => metrics.stateWritten(kind),
      onRestored: (text) => events.add({ kind: 'state', text }),
    },
    onRelease(holdId, by) {
      log.warn('guard.released', { hold: holdId, by });
      events.add({ kind: 'guard', text: `the hold ${holdId} was released by hand, from ${by}` });
    },
    onFreezeByHand(what, freezeId, by) {
      log.warn('guard.freeze_by_hand', { freeze: freezeId, what, by });
      events.add({ kind: 'guard', text: `the freeze ${freezeId} was ${what} by hand, from ${by}` });
    },
    onReload(outcome) {
      metrics.configReloaded(outcome);
      if (outcome !== 'unchanged') events.add({ kind: 'config', text: `reload ${outcome}` });
    },
  };
}

function ownerFigures({ owner, namespace, instance }: Config): OwnerFigures {
  return { team: owner.team ?? '', namespace, instance };
}

function countChange(metrics: Metrics, { registry, services }: SliceChange): void {
  for (const { kind, added, removed, changed } of services) {
    metrics.registryChanged({ registry, unit: 'service', op: kind }, 1);
    metrics.registryChanged({ registry, unit: 'instance', op: 'added' }, added.length);
    metrics.registryChanged({ registry, unit: 'instance', op: 'removed' }, removed.length);
    metrics.registryChanged({ registry, unit: 'instance', op: 'changed' }, changed.length);
  }
}

function pipelineObserver(log: Log, metrics: Metrics, events: Events): Observation['pipeline'] {
  const watchExcess = createExcessWatch(log, events);
  const watchFreezes = createFreezeWatch(log, events);
  let known = new Map<string, string>();
  return {
    onTurn({ guarded, excess }, durationMs) {
      metrics.converted(durationMs);
      watchExcess(excess);
      watchFreezes(guarded.freezes);
      const held = new Map(guarded.holds.map(({ id, registry }) => [id, registry]));
      for (const hold of guarded.holds) {
        const { id, registry, reason, services, instances } = hold;
        if (known.has(id)) continue;
        log.warn('guard.held', { hold: id, registry, reason, services, instances, why: holdSentence(hold) });
        events.add({ kind: 'guard', registry, text: holdSentence(hold) });
      }
      for (const [id, registry] of known) {
        if (held.has(id)) continue;
        log.warn('guard.hold_ended', { hold: id, registry });
        const text = 'the hold is over: recovered, confirmed by a later read, or released by hand';
        events.add({ kind: 'guard', registry, text });
      }
      known = held;
    },
    onPublish(snapshot, changes) {
      const counts = { add: changes.added.length, update: changes.updated.length, remove: changes.removed.length };
      metrics.published(counts);
      const { serial, fingerprint, complete } = snapshot;
      log.info('snapshot.published', { serial, fingerprint, complete, ...counts });
      const state = complete ? '' : ', held until every registry was read';
      const text = `snapshot ${serial}: ${counts.add} added, ${counts.update} updated, ${counts.remove} removed${state}`;
      events.add({ kind: 'snapshot', text });
    },
  };
}

function serveObserver(metrics: Metrics, events: Events): ServeObserver {
  const name = ({ nodeId, peer }: { readonly nodeId: string | undefined; readonly peer: string }) => nodeId ?? peer;
  return {
    streamOpened({ peer }) {
      events.add({ kind: 'client', text: `${peer} connected` });
    },
    streamClosed(client, end) {
      metrics.streamEnded(client.protocol, end);
      events.add({ kind: 'client', text: `${name(client)} disconnected (${end})` });
    },
    pushed: ({ protocol }, { bytes }) => metrics.pushed(protocol, bytes),
    acked({ protocol }, { askedAtMs, pushedAtMs, answeredAtMs, snapshotCreatedAtMs }) {
      // What a client is told because it asked is no change that travelled: only what is seen afterwards is.
      const isNews = snapshotCreatedAtMs > askedAtMs;
      const changeSeenAtMs = isNews ? snapshotCreatedAtMs : undefined;
      metrics.answered(protocol, { answer: 'ack', pushedAtMs, answeredAtMs, changeSeenAtMs });
    },
    nacked(client, { topic, message, pushedAtMs, answeredAtMs }) {
      metrics.answered(client.protocol, { answer: 'nack', pushedAtMs, answeredAtMs, changeSeenAtMs: undefined });
      events.add({ kind: 'client', text: `${name(client)} refused ${topic}: ${message}` });
    },
    tooLarge(client, { topic, bytes, limitBytes, isNews }) {
      metrics.sentTooLarge(client.protocol);
      const text = `${name(client)} is sent ${bytes} bytes of ${topic}, and reads ${limitBytes} unless it is told otherwise`;
      if (isNews) events.add({ kind: 'client', text });
    },
    rejected(peer, { reason, why, isNews }) {
      metrics.clientRejected(reason);
      if (isNews) events.add({ kind: 'client', text: `${peer} is turned away: ${why}` });
    },
    filesRefused: (_files, why) => events.add({ kind: 'config', text: `${why}: what was in use before stays in use` }),
    subscriptionRefused(client, { reason, isNews }) {
      metrics.subscriptionRefused();
      if (isNews) events.add({ kind: 'client', text: `${name(client)} asks for more than it may: ${reason}` });
    },
    waited: (limit) => metrics.rateLimited(limit),
    held(client, topic) {
      events.add({ kind: 'client', text: `${name(client)} waits for ${topic}: not every registry was read yet` });
    },
    coldStartAnswered(client, { waitedMs, resources }) {
      const text = `${name(client)} holds nothing of ours and waited ${waitedMs} ms: answered with the ${resources} entries there are`;
      events.add({ kind: 'client', text });
    },
  };
}
