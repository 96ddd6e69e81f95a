// SPDX-License-Identifier: Apache-2.0
// What each gauge shows, read from the state of the program at the moment of a scrape. Pure but for the sources.
import type { KeyOf, LabelsOf } from './metric-table.ts';

/** The state that gauges show. Times are epoch milliseconds, undefined = never. */
export interface MetricSources {
  readonly registries: () => readonly RegistryFigures[];
  /** Of the registries that are read through a session. */
  readonly sessions: () => readonly SessionFigures[];
  readonly conversion: () => ConversionFigures;
  readonly snapshot: () => SnapshotFigures;
  readonly guard: () => GuardFigures;
  readonly clients: () => ClientFigures;
  readonly access: () => AccessFigures;
  /** Whether the last attempt to reload the configuration was refused. */
  readonly isReloadRefused: () => boolean;
  readonly saved: () => StateFigures;
}

export interface RegistryFigures {
  readonly registry: string;
  readonly isUp: boolean;
  readonly isRestored: boolean;
  readonly lastSuccessAtMs: number | undefined;
  readonly services: number;
  readonly matchedServices: number;
  readonly instances: Readonly<Partial<Record<LabelsOf<'registryInstances'>['status'], number>>>;
}

export interface SessionFigures {
  readonly registry: string;
  readonly state: LabelsOf<'registrySessionState'>['state'];
  readonly watches: number;
}

export interface ConversionFigures {
  readonly services: Readonly<Record<LabelsOf<'services'>['state'], number>>;
  readonly instancesServed: number;
  /** Code → how many; codes without any may be missing. */
  readonly problems: ReadonlyMap<string, number>;
  /** By registry; those of which nothing is left out may be missing. */
  readonly overLimit: ReadonlyMap<string, Readonly<Record<LabelsOf<'overLimit'>['limit'], number>>>;
}

export interface SnapshotFigures {
  readonly state: LabelsOf<'snapshotState'>['state'];
  readonly publishedAtMs: number | undefined;
  readonly dataAtMs: number | undefined;
  readonly sizeBytes: number;
  /** Hexadecimal. */
  readonly fingerprint: string;
}

export interface GuardFigures {
  readonly holds: readonly HoldFigures[];
  readonly pendingRemovals: number;
  readonly graces: number;
  readonly draining: number;
  /** Of each registry that is under one. */
  readonly freezes: readonly FreezeFigures[];
}

export interface FreezeFigures {
  readonly registry: string;
  readonly count: number;
  /** Of the oldest. */
  readonly sinceMs: number;
}

export interface HoldFigures {
  readonly registry: string;
  readonly reason: LabelsOf<'guardHolds'>['reason'];
  readonly instances: number;
}

/** By what the clients are. */
export interface ClientFigures {
  readonly connected: Readonly<Record<ClientKind, number>>;
  /** The connected ones, by what they speak. */
  readonly byProtocol: Readonly<Partial<Record<Protocol, Readonly<Record<ClientKind, number>>>>>;
  readonly synced: Readonly<Record<ClientKind, number>>;
  /** Responses that they owe an answer to for too long. */
  readonly overdue: Readonly<Record<ClientKind, number>>;
}

export interface AccessFigures {
  /** undefined: it is served in plaintext. */
  readonly certificateUntilMs: number | undefined;
  readonly filesRefused: readonly LabelsOf<'filesRefused'>['files'][];
}

export interface StateFigures {
  readonly writtenAtMs: number | undefined;
  readonly isFailing: boolean;
  /** Codes, each once. */
  readonly refused: readonly LabelsOf<'stateRefused'>['code'][];
  /** undefined: no other replica was asked. */
  readonly seeding: LabelsOf<'seedingOutcome'>['outcome'] | undefined;
}

type ClientKind = LabelsOf<'clients'>['client'];
type Protocol = LabelsOf<'clients'>['protocol'];

export interface OwnerFigures {
  readonly team: string;
  readonly namespace: string;
  readonly instance: string;
}

/** One value of a gauge; labels that are missing here and have known values show 0. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

type Readings = {
  readonly [K in KeyOf<'gauge'>]: () => readonly { readonly labels: LabelsOf<K>; readonly value: number }[];
};

/** Gauge key of the table → how its samples are read. */
export function gaugeReadings(
  sources: MetricSources,
  version: string,
  owner: () => OwnerFigures,
): ReadonlyMap<string, () => Iterable<Sample>> {
  const perRegistry = (value: (figures: RegistryFigures) => number) => () =>
    sources.registries().map((figures) => ({ labels: { registry: figures.registry }, value: value(figures) }));
  const single = (value: () => number) => () => [{ labels: {}, value: value() }];
  const readings: Readings = {
    buildInfo: () => [{ labels: { version }, value: 1 }],
    ownerInfo() {
      const { team, namespace, instance } = owner();
      return [{ labels: { team, published_namespace: namespace, bridge_instance: instance }, value: 1 }];
    },
    registryUp: perRegistry(({ isUp }) => (isUp ? 1 : 0)),
    registryRestored: perRegistry(({ isRestored }) => (isRestored ? 1 : 0)),
    registryLastSuccess: perRegistry(({ lastSuccessAtMs }) => seconds(lastSuccessAtMs)),
    registryServices: perRegistry(({ services }) => services),
    registryMatched: perRegistry(({ matchedServices }) => matchedServices),
    registryInstances: () =>
      sources
        .registries()
        .flatMap(({ registry, instances }) =>
          each(instances).map(([status, value]) => ({ labels: { registry, status }, value })),
        ),
    registrySessionState: () =>
      sources.sessions().map(({ registry, state }) => ({ labels: { registry, state }, value: 1 })),
    registryWatches: () =>
      sources.sessions().map(({ registry, watches }) => ({ labels: { registry }, value: watches })),
    services: () => each(sources.conversion().services).map(([state, value]) => ({ labels: { state }, value })),
    instancesServed: single(() => sources.conversion().instancesServed),
    problems: () => [...sources.conversion().problems].map(([code, value]) => ({ labels: { code }, value })),
    overLimit: () =>
      [...sources.conversion().overLimit].flatMap(([registry, counts]) =>
        each(counts).map(([limit, value]) => ({ labels: { registry, limit }, value })),
      ),
    snapshotState: () => [{ labels: { state: sources.snapshot().state }, value: 1 }],
    snapshotPublished: single(() => seconds(sources.snapshot().publishedAtMs)),
    snapshotData: single(() => seconds(sources.snapshot().dataAtMs)),
    snapshotSize: single(() => sources.snapshot().sizeBytes),
    snapshotFingerprint: single(() => firstBits(sources.snapshot().fingerprint)),
    guardHolds: () =>
      addedUp(sources.guard().holds.map(({ registry, reason }) => ({ labels: { registry, reason }, value: 1 }))),
    guardHeldRemovals: () =>
      addedUp(sources.guard().holds.map(({ registry, instances }) => ({ labels: { registry }, value: instances }))),
    guardPendingRemovals: single(() => sources.guard().pendingRemovals),
    guardGraces: single(() => sources.guard().graces),
    guardDraining: single(() => sources.guard().draining),
    guardFreezes: () => sources.guard().freezes.map(({ registry, count }) => ({ labels: { registry }, value: count })),
    guardFreezeStart: () =>
      sources.guard().freezes.map(({ registry, sinceMs }) => ({ labels: { registry }, value: seconds(sinceMs) })),
    clients: () =>
      each(sources.clients().byProtocol).flatMap(([protocol, kinds]) =>
        each(kinds).map(([client, value]) => ({ labels: { protocol, client }, value })),
      ),
    acksOverdue: () => each(sources.clients().overdue).map(([client, value]) => ({ labels: { client }, value })),
    clientsSynced: () => each(sources.clients().synced).map(([client, value]) => ({ labels: { client }, value })),
    certificateExpiry: single(() => seconds(sources.access().certificateUntilMs)),
    filesRefused: () => sources.access().filesRefused.map((files) => ({ labels: { files }, value: 1 })),
    stateWritten: single(() => seconds(sources.saved().writtenAtMs)),
    stateWriteFailing: single(() => (sources.saved().isFailing ? 1 : 0)),
    stateRefused: () => sources.saved().refused.map((code) => ({ labels: { code }, value: 1 })),
    seedingOutcome: () => {
      const { seeding } = sources.saved();
      return seeding === undefined ? [] : [{ labels: { outcome: seeding }, value: 1 }];
    },
    configReloadRefused: single(() => (sources.isReloadRefused() ? 1 : 0)),
  };
  return new Map(Object.entries(readings));
}

/** One sample for each combination of labels. */
function addedUp<L extends Readonly<Record<string, string>>>(
  samples: readonly { readonly labels: L; readonly value: number }[],
): readonly { readonly labels: L; readonly value: number }[] {
  const sums = new Map<string, { readonly labels: L; readonly value: number }>();
  for (const { labels, value } of samples) {
    const key = JSON.stringify(labels);
    sums.set(key, { labels, value: value + (sums.get(key)?.value ?? 0) });
  }
  return [...sums.values()];
}

/** Entries of a record whose keys are a closed list. */
function each<K extends string, V>(record: Readonly<Partial<Record<K, V>>>): [K, V][] {
  return Object.entries<V | undefined>(record).flatMap(([key, value]): [K, V][] =>
    value === undefined ? [] : [[key as K, value]],
  );
}

function seconds(ms: number | undefined): number {
  return ms === undefined ? 0 : ms / 1000;
}

/** 48 bits fit a float exactly. */
function firstBits(fingerprint: string): number {
  const bits = Number.parseInt(fingerprint.slice(0, 12), 16);
  return Number.isNaN(bits) ? 0 : bits;
}
