// SPDX-License-Identifier: Apache-2.0
// One resource as it goes over the wire. The snapshot and the servers behind it know no more of it than this.

/** Made by `resourceKey()` alone. */
export type ResourceKey = string & { readonly brand: unique symbol };

/** What a resource is found by: names are unique within a kind, and resources of two kinds may share one. No kind holds a space. */
export function resourceKey({ kind, name }: Pick<Resource, 'kind' | 'name'>): ResourceKey {
  return `${kind} ${name}` as ResourceKey;
}

export interface Resource {
  /** Group and kind without version: `networking.istio.io/ServiceEntry`. Clients ask by type url, which names a version too. */
  readonly kind: string;
  /** `namespace/name`. */
  readonly name: string;
  /** First 16 hex digits of SHA-256 over the canonical content: equal on every replica, after every restart and release. */
  readonly version: string;
  /** The encoded `istio.mcp.v1alpha1.Resource`, its version included. */
  readonly bytes: Uint8Array;
  /**
   * The same with an empty version, made when first asked for: istiod 1.11 and older takes a resource that has one only
   * once and refuses every later change.
   */
  readonly bytesWithoutVersion: () => Uint8Array;
  /**
   * What Istio up to 1.4 can take of it, made when first asked for: the same resource where it takes all, another one with a
   * version of its own where it takes less, undefined where it takes nothing.
   */
  readonly forOldIstio: () => Resource | undefined;
}
