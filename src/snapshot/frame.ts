// SPDX-License-Identifier: Apache-2.0
// How encoded resources lie in an answer: joined by copying bytes, never by encoding again. Each protocol says how one of its
// fields begins; here stands how such a field is put together, and the one that the protocols of Envoy share.
import type { Resource } from './resource.ts';

/** The bytes of one resource as a field of an answer. Fields can be joined with each other and with others in any order. */
export type Frame = (resource: Resource) => readonly Uint8Array[];

/** `repeated google.protobuf.Any resources = 2` of a DiscoveryResponse: each an `istio.mcp.v1alpha1.Resource`. */
export const anyFrame: Frame = ({ bytes }) => field(RESOURCES_TAG, anyOf(bytes));

/** The same without the versions of the resources. */
export const anyFrameWithoutVersion: Frame = (resource) => field(RESOURCES_TAG, anyOf(resource.bytesWithoutVersion()));

/** Tags of fields 1, 2, 2 of the messages named above, all length-delimited. */
const TYPE_URL_TAG = 0x0a;
const VALUE_TAG = 0x12;
const RESOURCES_TAG = 0x12;

const TYPE_URL = Buffer.concat(field(TYPE_URL_TAG, [Buffer.from('type.googleapis.com/istio.mcp.v1alpha1.Resource')]));

/** The fields of all resources, joined. */
export function joinFrames(resources: Iterable<Resource>, frame: Frame): Uint8Array {
  return Buffer.concat([...resources].flatMap(frame));
}

/** The fields of an Any that holds an encoded `istio.mcp.v1alpha1.Resource`. */
export function anyOf(body: Uint8Array): readonly Uint8Array[] {
  return [TYPE_URL, ...field(VALUE_TAG, [body])];
}

/** A length-delimited field: its tag, the length of all pieces, the pieces. */
export function field(tag: number, pieces: readonly Uint8Array[]): readonly Uint8Array[] {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  return [Buffer.concat([Buffer.of(tag), varint(length)]), ...pieces];
}

/** A protobuf varint of a whole number from 0 to 2^53 - 1. Divides rather than shifts: shifts end at 32 bits. */
export function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7f) {
    bytes.push((rest % 0x80) + 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
  return Buffer.from(bytes);
}
