// SPDX-License-Identifier: Apache-2.0
// What the admin pages show of the bridge as a whole, by the rules of views.ts.

export interface Overview {
  readonly version: string;
  readonly namespace: string;
  readonly instance: string;
  /** Name of the machine, in a cluster that of the pod: which of several replicas answers. */
  readonly replica: string;
  readonly startedAtMs: number;
  readonly snapshot: {
    readonly state: string;
    readonly serial: number;
    readonly fingerprint: string;
    readonly resources: number;
    readonly publishedAtMs: number | undefined;
  };
  readonly services: Readonly<Record<'served' | 'empty' | 'skipped' | 'refused', number>>;
  readonly problems: number;
  /** `istiods`: how many of the connected ones are one. */
  readonly clients: { readonly connected: number; readonly synced: number; readonly istiods: number };
  readonly holds: readonly HoldView[];
  /** The oldest first. */
  readonly freezes: readonly FreezeView[];
  /** A token is configured: who has it may release a hold, freeze, and end a freeze. */
  readonly canChange: boolean;
  /** The configuration file was changed to something that is not run. */
  readonly isReloadRefused: boolean;
  readonly access: AccessRow;
  /** What clients could not read, or had refused when they left, in the last minutes. The latest first. */
  readonly refusals: readonly RefusalRow[];
  /** undefined: none is kept. */
  readonly saved: SavedRow | undefined;
  /** What of the state file and of what other replicas told was not restored at the start, and why. */
  readonly notRestored: readonly { readonly code: string; readonly sentence: string }[];
}

/** A mass removal that is not believed yet. */
export interface HoldView {
  /** To release it by. */
  readonly id: string;
  readonly registry: string;
  readonly reason: string;
  readonly sinceMs: number;
  /** When a further good read that says the same will be believed. */
  readonly confirmableAtMs: number;
  readonly services: number;
  readonly instances: number;
  readonly sentence: string;
}

/** Something that a person wants to stay as it is. */
export interface FreezeView {
  /** To end it by. */
  readonly id: string;
  /** `*`, a registry, or `<registry>/<service>`. */
  readonly target: string;
  readonly reason: string;
  readonly sinceMs: number;
  /** undefined: until somebody ends it. */
  readonly untilMs: number | undefined;
  readonly origin: 'configuration' | 'hand';
  /** How many of the services that are shown it is about. */
  readonly services: number;
  readonly sentence: string;
}

/** The state file. */
export interface SavedRow {
  readonly file: string;
  /** undefined: not by this process. */
  readonly writtenAtMs: number | undefined;
  /** undefined: the last attempt to write it was good. */
  readonly failure: string | undefined;
}

export type RefusalRow = {
  readonly nodeId: string | undefined;
  readonly address: string;
  readonly topic: string;
  readonly remedy: string;
  readonly atMs: number;
} & (
  | { readonly code: 'RESPONSE_TOO_LARGE'; readonly bytes: number; readonly limitBytes: number }
  | { readonly code: 'RESPONSE_REFUSED'; readonly message: string }
);

/** How clients come in. */
export interface AccessRow {
  /** undefined: in plaintext. */
  readonly tls: { readonly isMutual: boolean; readonly names: readonly string[]; readonly untilMs: number } | undefined;
  /** How many names it allows (undefined: everybody who is not denied) and denies; undefined: there is none. */
  readonly accessList: { readonly allow: number | undefined; readonly deny: number } | undefined;
  /** Files that hold what is not in use; `why` is a sentence. */
  readonly refused: readonly { readonly why: string }[];
}
