// SPDX-License-Identifier: Apache-2.0
// What the guard needs to know of a registry, in the model's words alone: every Slice of a registry is one of these. Said
// here once more so that the guard depends on the model and on nothing that reads.
import type { Service, ServiceKey } from '../model/service.ts';

export interface ObservedRegistry {
  readonly registry: string;
  /** Rises when the operator changed which part of the registry is ours. */
  readonly scopeRevision: number;
  readonly reading: ObservedReading;
}

export type ObservedReading =
  /** No good read yet. */
  | { readonly kind: 'waiting' }
  /** No good read yet by this process; the content is that of the last good one before. Counts as a failed attempt. */
  | { readonly kind: 'restored'; readonly content: ObservedContent }
  /** The last attempt to read was good. */
  | { readonly kind: 'live'; readonly content: ObservedContent }
  /** The last attempt failed; the content is that of the last good one. */
  | { readonly kind: 'stale'; readonly content: ObservedContent };

export interface ObservedContent {
  readonly services: ReadonlyMap<ServiceKey, Service>;
  /** Epoch ms of the last good read, also of one that changed nothing. */
  readonly readAtMs: number;
}
