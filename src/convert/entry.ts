// SPDX-License-Identifier: Apache-2.0
// A ServiceEntry as TypeScript values, in Istio's words (networking.istio.io/v1, message istio.networking.v1alpha3).
// Canonical: arrays are in their final order, records are written with sorted keys, absent means absent.
import type { Problem } from '../model/problem.ts';
import type { ServiceKey } from '../model/service.ts';

/** `namespace/name`; made by convert/names alone. istiod drops a resource whose name has any other form. */
export type ResourceName = string & { readonly brand: unique symbol };

export interface Entry {
  /** Kubernetes-style group and kind, without version: `networking.istio.io/ServiceEntry`. */
  readonly kind: 'networking.istio.io/ServiceEntry';
  readonly name: ResourceName;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: ServiceEntrySpec;
}

export interface ServiceEntrySpec {
  readonly hosts: readonly string[];
  readonly addresses: readonly string[];
  readonly ports: readonly EntryPort[];
  readonly location: 'MESH_EXTERNAL' | 'MESH_INTERNAL';
  readonly resolution: 'NONE' | 'STATIC' | 'DNS' | 'DNS_ROUND_ROBIN';
  readonly endpoints: readonly Endpoint[];
  readonly exportTo: readonly string[];
}

export interface EntryPort {
  readonly number: number;
  /** Istio's: HTTP, HTTPS, GRPC, HTTP2, TLS, TCP. */
  readonly protocol: string;
  readonly name: string;
}

export interface Endpoint {
  readonly address: string;
  /** Service port name → the instance's real port. Holds every published port. */
  readonly ports: Readonly<Record<string, number>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly network?: string;
  readonly locality?: string;
  readonly weight?: number;
  readonly serviceAccount?: string;
}

/** What became of one unit of conversion: one host with all services that are published under it. */
export interface Converted {
  /** The services that it was made of, in the order in which they were joined. */
  readonly services: readonly ServiceKey[];
  /** undefined: nothing could be published; `problems` says why. */
  readonly entry: Entry | undefined;
  readonly problems: readonly Problem[];
}
