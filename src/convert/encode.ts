// SPDX-License-Identifier: Apache-2.0
// Entry → the bytes of an istio.mcp.v1alpha1.Resource. From here on nobody knows what a ServiceEntry is.
// The body is the v1alpha3 message for every Istio, whatever version the type url of an answer names.
import { createHash } from 'node:crypto';
import { byIdentity } from '../lib/by-identity.ts';
import { istio } from '../proto/messages.gen.js';
import type { Resource } from '../snapshot/resource.ts';
import { canonicalJson } from './canonical-json.ts';
import type { ConvertObserver } from './convert.ts';
import type { Entry, ServiceEntrySpec } from './entry.ts';
import { forOldIstio } from './old-istio.ts';

const { ServiceEntry } = istio.networking.v1alpha3;
const McpResource = istio.mcp.v1alpha1.Resource;

const BODY_TYPE_URL = 'type.googleapis.com/istio.networking.v1alpha3.ServiceEntry';

/**
 * 2100-01-01T00:00:00Z, in seconds, for every entry for ever. istiod drops a resource without a creation time (to 1.13), pushes
 * everything when it changes (1.5 to 1.17), and where two entries of one namespace have one host, the older one's ports,
 * addresses and location win: so a hand-written one always does.
 */
const CREATED_AT_SECONDS = 4_102_444_800;

/** Encodes an entry, and each entry object only once. */
export function createEncoder(observer: ConvertObserver = {}): (entry: Entry) => Resource {
  return byIdentity((entry) => {
    observer.onEncode?.();
    return encodeEntry(entry);
  });
}

/** The resource of an entry. Equal entries give equal bytes on every replica, after every restart and in every release. */
export function encodeEntry(entry: Entry): Resource {
  const version = versionOf(entry);
  const body = encodeSpec(entry.spec);
  let withoutVersion: Uint8Array | undefined;
  let old: { readonly resource: Resource | undefined } | undefined;
  const resource: Resource = {
    kind: entry.kind,
    name: entry.name,
    version,
    bytes: encodeResource(entry, version, body),
    bytesWithoutVersion: () => (withoutVersion ??= encodeResource(entry, '', body)),
    forOldIstio() {
      old ??= { resource: encodeForOldIstio(entry, resource) };
      return old.resource;
    },
  };
  return resource;
}

function encodeForOldIstio(entry: Entry, resource: Resource): Resource | undefined {
  const accepted = forOldIstio(entry);
  if (accepted === entry) return resource;
  return accepted && encodeEntry(accepted);
}

/** Over all that is emitted, and nothing else: a new release of ours that emits the same changes no version. */
function versionOf({ name, labels, annotations, spec }: Entry): string {
  const content = canonicalJson({ name, labels, annotations, spec });
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}

function encodeResource({ name, labels, annotations }: Entry, version: string, body: Uint8Array): Uint8Array {
  return McpResource.encode({
    metadata: { name, createTime: { seconds: CREATED_AT_SECONDS, nanos: 0 }, version, labels, annotations },
    body: { typeUrl: BODY_TYPE_URL, value: body },
  }).finish();
}

function encodeSpec(spec: ServiceEntrySpec): Uint8Array {
  return ServiceEntry.encode({
    hosts: [...spec.hosts],
    addresses: [...spec.addresses],
    ports: [...spec.ports],
    location: ServiceEntry.Location[spec.location],
    resolution: ServiceEntry.Resolution[spec.resolution],
    endpoints: [...spec.endpoints],
    exportTo: [...spec.exportTo],
  }).finish();
}
