// SPDX-License-Identifier: Apache-2.0
// What the admin pages show, in words of their own: the admin port knows nothing of the pipeline, app hands these in. Every
// function answers at once from memory; lists may be lazy, they are read piece by piece while the page is sent. Whatever is
// given here is shown: secrets are masked or dropped before.
//
// Pages print fields named `…Ms` that hold epoch milliseconds as ISO times without the suffix, and Maps as objects.

import type { Explanation } from './explanation.ts';
import type { Overview } from './overview.ts';

export interface AdminViews {
  readonly overview: () => Overview;
  readonly readiness: () => Readiness;
  /** The effective configuration as YAML, secrets masked. */
  readonly config: () => string;
  readonly registries: () => readonly RegistryView[];
  /** What one registry lists, as decoded and in scope. */
  readonly listed: (registry: string) => Iterable<ListedService>;
  readonly services: () => Iterable<ServiceView>;
  /** The same services in short, in no order: the same array until something changed. */
  readonly serviceRows: () => readonly ServiceRow[];
  /** By code, the most costly and then the most frequent first. */
  readonly problems: () => readonly ProblemCount[];
  readonly resources: () => Iterable<ResourceView>;
  readonly clients: () => readonly ClientRow[];
  /** Newest first. */
  readonly events: () => readonly EventRow[];
  /** The way of whatever bears that name: a service, a host, an instance or an address. Never empty; each made as it is read. */
  readonly explain: (name: string) => Iterable<Explanation>;
}

/** Whether istiod can be answered. What registries say does not matter here, but people want to see it. */
export interface Readiness {
  readonly conditions: readonly { readonly name: string; readonly isMet: boolean }[];
  /** Sentences. */
  readonly information: readonly string[];
}

export interface RegistryView {
  readonly name: string;
  readonly kind: string;
  /** restored: not read by this process yet; what is shown is of a former one. */
  readonly state: 'waiting' | 'restored' | 'live' | 'stale';
  /** When it was last read well; undefined = never. */
  readonly readAtMs: number | undefined;
  /** Since when it is in this state, where that is known. */
  readonly sinceMs: number | undefined;
  readonly lastError: { readonly code: string; readonly message: string; readonly atMs: number } | undefined;
  readonly services: number;
  readonly instances: number;
  readonly matched: { readonly services: number; readonly ofServices: number };
  readonly problems: number;
  readonly own: OwnProblems;
  /** undefined: it is read without a session. */
  readonly session: SessionView | undefined;
  /** What full reads found changed although nobody had announced it; undefined: nothing since the start. */
  readonly drift: { readonly places: number; readonly atMs: number } | undefined;
}

/** Problems of a registry that belong to none of its services. */
export interface OwnProblems {
  readonly count: number;
  /** How many of them keep something out of the mesh. */
  readonly losses: number;
  readonly first: ServiceView['problems'];
}

export interface SessionView {
  readonly state: 'connected' | 'suspended' | 'reconnected' | 'lost';
  readonly sinceMs: number;
  /** Places whose changes the servers announce. */
  readonly watches: number;
}

export interface ListedService {
  readonly name: string;
  readonly instances: readonly object[];
}

export interface ServiceView {
  readonly registry: string;
  readonly name: string;
  readonly state: ServiceState;
  /** undefined where it has none. */
  readonly host: string | undefined;
  readonly virtualIps: readonly string[];
  readonly instances: readonly object[];
  /** In its entry; those of all services that share its host. */
  readonly endpoints: number;
  readonly problems: readonly {
    readonly code: string;
    readonly instance: string;
    readonly sentence: string;
  }[];
}

/** One line of the list of services. Problems are put into sentences only where they are shown. */
export interface ServiceRow {
  readonly registry: string;
  /** As the registry spells it. */
  readonly name: string;
  readonly state: ServiceState;
  readonly host: string | undefined;
  readonly virtualIps: readonly string[];
  readonly ports: readonly { readonly number: number; readonly protocol: string }[];
  /** Listed ones, whatever their status; the same array while the service is unchanged. */
  readonly instances: readonly { readonly id: string; readonly address: string; readonly status: string }[];
  readonly codes: readonly string[];
  readonly problems: () => ServiceView['problems'];
}

/**
 * From the worst to the best. empty: its entry has no endpoint. held: the registry no longer lists it. grace: it has no instance any
 * more. skipped: it has no entry, on purpose.
 */
export const SERVICE_STATES = ['refused', 'empty', 'held', 'grace', 'skipped', 'served'] as const;
export type ServiceState = (typeof SERVICE_STATES)[number];

export interface ProblemCount {
  readonly code: string;
  readonly count: number;
  /** The smallest unit that had to go: `instance`, `service`, …; `none`. */
  readonly loss: string;
  /** What it means, with `…` for what was found. */
  readonly sentence: string;
  readonly remedy: string;
}

export interface ResourceView {
  /** Group and kind: `networking.istio.io/ServiceEntry`. */
  readonly kind: string;
  /** `namespace/name`. */
  readonly name: string;
  /** The object as `kubectl apply` takes it; made when it is asked for. */
  readonly manifest: () => object;
}

/** One connected client; fields beside these are shown as they are on `/debug/clients`. */
export interface ClientRow {
  readonly streamId: string;
  readonly peer: string;
  /** It came in over TLS. */
  readonly isEncrypted: boolean;
  /** Of the certificate that it showed; undefined: it showed none. */
  readonly certificateNames: readonly string[] | undefined;
  readonly protocol: 'sotw' | 'delta' | 'resource-source' | 'aggregated';
  /** undefined: it never said. */
  readonly nodeId: string | undefined;
  readonly revision: string | undefined;
  /** Which Istio it can be: `1.24–1.29`, `?`. */
  readonly istio: string;
  readonly connectedAtMs: number;
  /** It was answered before every registry was read, and nothing complete has come since. */
  readonly answeredEarly: boolean;
  /** What it asked for, in the order of asking. */
  readonly types: readonly ClientType[];
}

export interface ClientType {
  /** Type url, or collection of the legacy protocols. */
  readonly typeUrl: string;
  /** What it asked for by name; undefined: everything. */
  readonly names: readonly string[] | undefined;
  /** held: it waits for the first good read. owed: its answer is due. inFlight: sent, not acknowledged. settled: answered. */
  readonly state: 'held' | 'owed' | 'inFlight' | 'settled';
  readonly sent: { readonly version: string; readonly resources: number; readonly atMs: number } | undefined;
  /** Says "received", never "accepted". */
  readonly acked: { readonly version: string; readonly atMs: number } | undefined;
  readonly nacked: { readonly version: string; readonly message: string; readonly atMs: number } | undefined;
  /** For how long it has been without what is current; 0: it has it. */
  readonly lagMs: number;
}

export interface EventRow {
  readonly atMs: number;
  readonly kind: string;
  readonly registry: string;
  readonly service: string;
  readonly text: string;
}

/** What `/metrics` answers. */
export interface MetricsView {
  readonly contentType: string;
  expose(): Promise<string>;
}
