// SPDX-License-Identifier: Apache-2.0
// What the admin pages show, in words of their own: the admin port knows nothing of the pipeline, app hands these in. Every
// function answers at once from memory; lists may be lazy, they are read piece by piece while the page is sent. Whatever is
// given here is shown: secrets are masked or dropped before.
//
// Pages print fields named `…Ms` that hold epoch milliseconds as ISO times without the suffix, and Maps as objects.

import type { Explanation } from './explanation.ts';

export interface AdminViews {
  readonly overview: () => Overview;
  readonly readiness: () => Readiness;
  /** The effective configuration as YAML, secrets masked. */
  readonly config: () => string;
  readonly registries: () => readonly RegistryView[];
  /** What one registry lists, as decoded and in scope. */
  readonly listed: (registry: string) => Iterable<ListedService>;
  readonly services: () => Iterable<ServiceView>;
  readonly resources: () => Iterable<ResourceView>;
  readonly clients: () => readonly ClientRow[];
  /** Newest first. */
  readonly events: () => readonly EventRow[];
  /** The way of whatever bears that name: a service, a host, an instance or an address. Never empty. */
  readonly explain: (name: string) => readonly Explanation[];
}

/** Whether istiod can be answered. What registries say does not matter here, but people want to see it. */
export interface Readiness {
  readonly conditions: readonly { readonly name: string; readonly isMet: boolean }[];
  /** Sentences. */
  readonly information: readonly string[];
}

export interface Overview {
  readonly version: string;
  readonly namespace: string;
  readonly instance: string;
  readonly startedAtMs: number;
  readonly snapshot: {
    readonly state: string;
    readonly serial: number;
    readonly fingerprint: string;
    readonly resources: number;
    readonly publishedAtMs: number | undefined;
  };
  readonly services: { readonly served: number; readonly skipped: number; readonly refused: number };
  readonly problems: number;
  readonly clients: { readonly connected: number; readonly synced: number };
  /** Sentences about what is held back, empty when nothing is. */
  readonly held: readonly string[];
}

export interface RegistryView {
  readonly name: string;
  readonly kind: string;
  readonly state: 'waiting' | 'live' | 'stale';
  /** When it was last read well; undefined = never. */
  readonly readAtMs: number | undefined;
  /** Since when it is in this state, where that is known. */
  readonly sinceMs: number | undefined;
  readonly lastError: { readonly code: string; readonly message: string; readonly atMs: number } | undefined;
  readonly services: number;
  readonly instances: number;
  readonly matched: { readonly services: number; readonly ofServices: number };
  readonly problems: number;
}

export interface ListedService {
  readonly name: string;
  readonly instances: readonly object[];
}

export interface ServiceView {
  readonly registry: string;
  readonly name: string;
  /** `served`, `refused`, `skipped`, `grace`, ... */
  readonly state: string;
  /** undefined where it has none. */
  readonly host: string | undefined;
  readonly virtualIps: readonly string[];
  readonly instances: readonly object[];
  readonly problems: readonly {
    readonly code: string;
    readonly instance: string;
    readonly sentence: string;
  }[];
}

export interface ResourceView {
  /** Group and kind: `networking.istio.io/ServiceEntry`. */
  readonly kind: string;
  /** `namespace/name`. */
  readonly name: string;
  /** The object as `kubectl apply` takes it; made when it is asked for. */
  readonly manifest: () => object;
}

/** One connected client; fields beside these are shown as they are. */
export interface ClientRow {
  readonly streamId: string;
  readonly peer: string;
  readonly nodeId: string | undefined;
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
