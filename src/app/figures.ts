// SPDX-License-Identifier: Apache-2.0
// The state of the program as numbers: what the gauges of observe/metrics.ts show at a scrape. Pure but for being asked.
// Several gauges show parts of one figure, and slices, turns and snapshots never change: each is counted once.
import { byIdentity } from '../lib/by-identity.ts';
import { groupBy } from '../lib/group-by.ts';
import type { Status } from '../model/service.ts';
import type {
  AccessFigures,
  ClientFigures,
  ConversionFigures,
  GuardFigures,
  MetricSources,
  RegistryFigures,
  SessionFigures,
  SnapshotFigures,
  StateFigures,
} from '../observe/gauge-readings.ts';
import type { StateRefusal } from '../persist/refusal.ts';
import type { Outside } from '../registry/outside.ts';
import type { Slice } from '../registry/registry.ts';
import type { RegistrySession } from '../registry/session.ts';
import type { AccessView } from '../serve/access/access.ts';
import { clientKind } from '../serve/client-identity.ts';
import type { ClientView } from '../serve/client-view.ts';
import type { RememberedRefusal } from '../serve/refusal-memory.ts';
import type { ResourceKey } from '../snapshot/resource.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { ServedSince } from './explain/input.ts';
import { problemsOf } from './problems.ts';
import { PUBLISHED_KINDS } from './published-kinds.ts';
import type { SeedingOutcome } from './seeding-outcome.ts';
import { shownServices } from './shown-services.ts';
import type { StateView } from './state-keeping.ts';
import type { Turn } from './turn.ts';

export interface ProgramState {
  readonly slices: () => readonly Slice[];
  /** undefined before the first turn. */
  readonly lastTurn: () => Turn | undefined;
  readonly snapshot: () => Snapshot;
  /** When the served snapshot was published, epoch ms; undefined: never. */
  readonly publishedAtMs: () => number | undefined;
  readonly clients: () => readonly ClientView[];
  readonly access: () => AccessView;
  readonly refusals: () => readonly RememberedRefusal[];
  readonly isReloadRefused: () => boolean;
  /** What is known of a registry beside its slice. */
  readonly outside: (registry: string) => Outside;
  /** The session that a registry is read through; undefined for a kind that keeps none. */
  readonly session: (registry: string) => RegistrySession | undefined;
  /** Since which snapshot a resource is served as it is now; undefined: it is not. */
  readonly servedSince: (key: ResourceKey) => ServedSince | undefined;
  /** undefined: no state is kept. */
  readonly saved: () => StateView | undefined;
  /** What of the state file and of the states of other replicas was not restored. */
  readonly notRestored: () => readonly StateRefusal[];
  /** What came of asking the other replicas; undefined: nobody was asked. */
  readonly seeding: () => SeedingOutcome | undefined;
}

export function metricSources(state: ProgramState): MetricSources {
  return {
    registries: () => state.slices().map(registryFigures),
    sessions: () => sessionFigures(state),
    conversion() {
      const turn = state.lastTurn();
      return turn === undefined ? NOTHING_CONVERTED : conversionFigures(turn);
    },
    snapshot: () => snapshotFigures(state),
    guard: () => guardFigures(state.lastTurn()),
    clients: () => clientFigures(state.clients()),
    access: () => accessFigures(state.access()),
    isReloadRefused: state.isReloadRefused,
    saved: () => savedFigures(state),
  };
}

/** What holds now, in one word: the worst of all registries. */
export function snapshotState(turn: Turn | undefined): SnapshotFigures['state'] {
  if (turn === undefined) return 'empty';
  if (turn.guarded.holds.length > 0) return 'held';
  if (!turn.guarded.complete) return 'empty';
  if (turn.slices.some(({ reading }) => reading.kind === 'restored')) return 'restored';
  return turn.slices.some(({ reading }) => reading.kind !== 'live') ? 'stale' : 'live';
}

const registryFigures = byIdentity(({ registry, reading, matched }: Slice): RegistryFigures => {
  const content = reading.kind === 'waiting' ? undefined : reading.content;
  const instances: Partial<Record<Exclude<Status, 'gone'>, number>> = {};
  for (const service of content?.services.values() ?? []) {
    for (const { status } of service.instances) {
      if (status !== 'gone') instances[status] = (instances[status] ?? 0) + 1;
    }
  }
  return {
    registry,
    isUp: reading.kind === 'live',
    isRestored: reading.kind === 'restored',
    lastSuccessAtMs: content?.readAtMs,
    services: matched.ofServices,
    matchedServices: matched.services,
    instances,
  };
});

function sessionFigures({ slices, session }: ProgramState): readonly SessionFigures[] {
  return slices().flatMap(({ registry }) => {
    const kept = session(registry);
    return kept === undefined ? [] : [{ registry, state: kept.state, watches: kept.watches }];
  });
}

const NOTHING_CONVERTED: ConversionFigures = {
  services: { served: 0, empty: 0, skipped: 0, refused: 0 },
  instancesServed: 0,
  problems: new Map(),
  overLimit: new Map(),
};

const conversionFigures = byIdentity((turn: Turn): ConversionFigures => {
  const services = { served: 0, empty: 0, skipped: 0, refused: 0 };
  const problems = new Map<string, number>();
  let instancesServed = 0;
  for (const { outcome } of shownServices(turn)) services[outcome]++;
  for (const { entry } of turn.converted) instancesServed += entry?.spec.endpoints.length ?? 0;
  for (const { code } of problemsOf(turn)) problems.set(code, (problems.get(code) ?? 0) + 1);
  return { services, instancesServed, problems, overLimit: turn.excess };
});

function snapshotFigures({ snapshot, lastTurn, publishedAtMs }: ProgramState): SnapshotFigures {
  const turn = lastTurn();
  const served = snapshot();
  return {
    state: snapshotState(turn),
    publishedAtMs: publishedAtMs(),
    dataAtMs: oldestReadAtMs(turn),
    sizeBytes: sizeBytesOf(served),
    fingerprint: served.fingerprint,
  };
}

const sizeBytesOf = byIdentity(({ kinds }: Snapshot): number => {
  let sizeBytes = 0;
  for (const { resources } of kinds.values()) for (const { bytes } of resources.values()) sizeBytes += bytes.length;
  return sizeBytes;
});

/** undefined while one registry was never read. */
function oldestReadAtMs(turn: Turn | undefined): number | undefined {
  const times = (turn?.slices ?? []).map(({ reading }) =>
    reading.kind === 'waiting' ? undefined : reading.content.readAtMs,
  );
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 || known.length < times.length ? undefined : Math.min(...known);
}

function guardFigures(turn: Turn | undefined): GuardFigures {
  const { holds = [], graces = [], pendingRemovals = 0 } = turn?.guarded ?? {};
  const draining = drainingIn(turn);
  return { holds, pendingRemovals, graces: graces.length, draining, freezes: freezeFigures(turn) };
}

function drainingIn(turn: Turn | undefined): number {
  const registries = [...(turn?.guarded.draining.values() ?? [])];
  return registries.flatMap((services) => [...services.values()]).reduce((sum, list) => sum + list.length, 0);
}

function freezeFigures(turn: Turn | undefined): GuardFigures['freezes'] {
  return (turn?.slices ?? []).flatMap(({ registry }) => {
    const over = (turn?.guarded.freezes ?? []).filter(
      ({ target }) => target.kind === 'all' || target.registry === registry,
    );
    return over.length === 0
      ? []
      : [{ registry, count: over.length, sinceMs: Math.min(...over.map(({ sinceMs }) => sinceMs)) }];
  });
}

function clientFigures(clients: readonly ClientView[]): ClientFigures {
  const synced = clients.filter(
    ({ types }) =>
      types.some(({ kind }) => kind !== undefined && PUBLISHED_KINDS.includes(kind)) &&
      types.every(({ state, lagMs }) => state === 'settled' && lagMs === 0),
  );
  const protocols = [...groupBy(clients, ({ protocol }) => protocol)];
  const byProtocol = Object.fromEntries(protocols.map(([protocol, speakers]) => [protocol, countByKind(speakers)]));
  const overdue = clients.flatMap((client) => client.types.filter(({ isOverdue }) => isOverdue).map(() => client));
  return { connected: countByKind(clients), byProtocol, synced: countByKind(synced), overdue: countByKind(overdue) };
}

function accessFigures({ tls, refused }: AccessView): AccessFigures {
  return { certificateUntilMs: tls?.untilMs, filesRefused: refused.map(({ files }) => files) };
}

function savedFigures({ saved, notRestored, seeding }: ProgramState): StateFigures {
  const { writtenAtMs, failure } = saved() ?? {};
  const refused = [...new Set(notRestored().map(({ code }) => code))];
  return { writtenAtMs, isFailing: failure !== undefined, refused, seeding: seeding() };
}

function countByKind(clients: readonly ClientView[]): ClientFigures['connected'] {
  const istiods = clients.filter(({ nodeId, protocol }) => clientKind(nodeId, protocol) === 'istiod').length;
  return { istiod: istiods, other: clients.length - istiods };
}
