// SPDX-License-Identifier: Apache-2.0
// The way of one service through the bridge, as values that a page, a command or a script can show: stage by stage, each with
// its verdict and a sentence. Texts in it are made for people and hold no control characters; times are epoch milliseconds.

/**
 * passed   nothing to say against it
 * noted    it goes on, and something is worth knowing or was lost on the way
 * stopped  it goes no further than here
 * unknown  nobody can tell: nothing was read yet, or the registry is not asked for it
 */
export type StageVerdict = 'passed' | 'noted' | 'stopped' | 'unknown';

/** What a question about a service, a host, an instance or an address is answered with. */
export type Explanation = ExplainedService | NotFound | MoreFound;

export interface ExplainedService {
  readonly kind: 'service';
  readonly registry: string;
  /** As the registry spells it. */
  readonly service: string;
  /** What led to it: its name, a host, a virtual IP, or the id or address of an instance. */
  readonly matchedBy: 'name' | 'host' | 'virtual-ip' | 'instance';
  /**
   * in-mesh: as it is registered. offered: the same, and nobody is connected here who could take it. partly: something of it was
   * lost, it has no endpoint, or somebody was not told yet. stopped: it is not there.
   */
  readonly outcome: 'in-mesh' | 'offered' | 'partly' | 'stopped';
  /** The whole in one sentence. */
  readonly sentence: string;
  /** In the order of the pipeline; the last one is where it ends or what is known last. */
  readonly stages: readonly ExplainedStage[];
}

/** Nothing of that name is known. */
export interface NotFound {
  readonly kind: 'not-found';
  readonly asked: string;
  readonly sentence: string;
  /** Names that are spelled alike, the nearest first. */
  readonly nearest: readonly { readonly registry: string; readonly service: string }[];
  /** What each registry says to the question. */
  readonly registries: readonly RegistryStage[];
}

/** After the services that are explained: there are others of that name, too many to explain them all at once. */
export interface MoreFound {
  readonly kind: 'more';
  readonly asked: string;
  readonly sentence: string;
  /** With those that are explained. */
  readonly total: number;
  /** Some that are not explained. */
  readonly services: readonly { readonly registry: string; readonly service: string }[];
}

export type ExplainedStage =
  | RegistryStage
  | ScopeStage
  | InstancesStage
  | GuardStage
  | HostStage
  | PortsStage
  | ValidationStage
  | AdmissionStage
  | EntryStage
  | SnapshotStage
  | ClientsStage;

export type StageName = ExplainedStage['stage'];

interface Stage<Name extends string, Details> {
  readonly stage: Name;
  readonly verdict: StageVerdict;
  readonly sentence: string;
  readonly details: Details;
  readonly problems: readonly ExplainedProblem[];
}

export interface ExplainedProblem {
  /** Stable: see docs/problems.md. */
  readonly code: string;
  /** Id of the instance; '' where it is about the whole service. */
  readonly instance: string;
  /** The smallest unit that had to go; `none`: nothing. */
  readonly loss: string;
  readonly sentence: string;
  readonly remedy: string;
  /** Where it is described: `docs/problems.md#host_taken`. */
  readonly link: string;
}

/** Is it listed at all, and how good is that knowledge? */
export type RegistryStage = Stage<
  'registry',
  {
    readonly registry: string;
    readonly registryKind: string;
    readonly state: 'waiting' | 'restored' | 'live' | 'stale';
    /** undefined: never read. */
    readonly readAtMs: number | undefined;
    readonly lastError: { readonly code: string; readonly message: string; readonly atMs: number } | undefined;
  }
>;

/** Does it belong to this bridge? */
export type ScopeStage = Stage<
  'scope',
  {
    /** The rule that decided: its key in the configuration and what it asks; undefined: none did, or it is not known. */
    readonly rule: { readonly key: string; readonly asks: string } | undefined;
  }
>;

/** What is registered under the name, and what becomes of each. */
export type InstancesStage = Stage<
  'instances',
  {
    readonly published: number;
    /** Those that were asked for first, then by id. */
    readonly instances: readonly ExplainedInstance[];
  }
>;

export interface ExplainedInstance {
  readonly id: string;
  readonly address: string;
  readonly status: string;
  readonly ports: readonly { readonly name: string; readonly number: number; readonly protocol: string }[];
  readonly weight: number | undefined;
  readonly locality: string | undefined;
  /** The question means it, by its id or address. */
  readonly isAsked: boolean;
  /** Of its endpoint, as istiod is sent them; empty where it has none. */
  readonly labels: Readonly<Record<string, string>>;
  readonly verdict: StageVerdict;
  /** What became of it. */
  readonly sentence: string;
}

/** Is anything kept although the registry no longer lists it, or says something else? */
export type GuardStage = Stage<
  'guard',
  {
    readonly state: 'nothing-kept' | 'draining' | 'debounced' | 'held' | 'grace' | 'departed' | 'frozen';
    /** Instances that are kept. */
    readonly instances: number;
    readonly sinceMs: number | undefined;
    /** The earliest moment at which it can end. */
    readonly untilMs: number | undefined;
  }
>;

/** Under which name is it called, and who else wanted it? */
export type HostStage = Stage<
  'host',
  {
    /** The host that it has or wanted; undefined: no valid one can be made. */
    readonly host: string | undefined;
    readonly virtualIps: readonly string[];
    /** Services that are published together under the host: `registry/service`. */
    readonly joined: readonly string[];
    /** Other services that want the same host, who has it among them first, and what decided between them. */
    readonly rivals: readonly { readonly service: string; readonly keepsHost: boolean; readonly because: string }[];
    /** How many more there are. */
    readonly otherRivals: number;
  }
>;

/** What can it be called on? */
export type PortsStage = Stage<
  'ports',
  {
    readonly ports: readonly { readonly number: number; readonly protocol: string; readonly name: string }[];
    /** Ids of instances that lack a published port. */
    readonly lacking: readonly string[];
  }
>;

/** Would Istio take it? */
export type ValidationStage = Stage<'validation', Record<string, never>>;

/** May this bridge publish it? */
export type AdmissionStage = Stage<'admission', Record<string, never>>;

/** What was made of it. */
export type EntryStage = Stage<
  'entry',
  {
    readonly kind: string;
    /** `namespace/name`. */
    readonly name: string;
    readonly version: string;
    readonly endpoints: number;
  }
>;

/** Is that what clients are offered, and since when? */
export type SnapshotStage = Stage<
  'snapshot',
  {
    /** Of the snapshot that is served now. */
    readonly serial: number;
    readonly fingerprint: string;
    /** Of the first snapshot that held the entry with this version without a break; undefined: not remembered. */
    readonly since: { readonly serial: number; readonly atMs: number } | undefined;
    /** Hash over the whole answer for this type: what a response is called by. */
    readonly responseVersion: string;
  }
>;

/** Who was told? An acknowledgement says "received", never "accepted": istiod drops what it cannot use without a word. */
export type ClientsStage = Stage<'clients', { readonly clients: readonly ExplainedClient[] }>;

export interface ExplainedClient {
  /** Name of the istiod pod, else its address. */
  readonly client: string;
  readonly peer: string;
  /** It takes no entries, or only shows them (`footbridge watch`): whether it was told decides nothing. */
  readonly isOnlooker: boolean;
  readonly typeUrl: string;
  readonly verdict: StageVerdict;
  readonly sentence: string;
  /** Versions of whole responses. */
  readonly sent: { readonly version: string; readonly atMs: number } | undefined;
  readonly acknowledged: { readonly version: string; readonly atMs: number } | undefined;
}
