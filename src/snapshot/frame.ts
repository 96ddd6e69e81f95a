// SPDX-License-Identifier: Apache-2.0
// How encoded resources lie in a DiscoveryResponse: joined by copying bytes, never by encoding again. Knows the wire
// format of that one field and nothing of what is inside a resource.

/** Field 2 (`repeated google.protobuf.Any resources`), Any's field 1 (`type_url`) and 2 (`value`), all length-delimited. */
const RESOURCES_TAG = 0x12;
const TYPE_URL_TAG = 0x0a;
const VALUE_TAG = 0x12;

const TYPE_URL = Buffer.from('type.googleapis.com/istio.mcp.v1alpha1.Resource');
const TYPE_URL_FIELD = Buffer.concat([Buffer.of(TYPE_URL_TAG), varint(TYPE_URL.length), TYPE_URL]);

/**
 * All `resources` fields of a DiscoveryResponse: each body is an encoded `istio.mcp.v1alpha1.Resource`. The bytes can be
 * joined with those of the response's other fields in any order.
 */
export function resourceFields(bodies: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(bodies.flatMap((body) => [headOf(body.length), body]));
}

/** What stands before a body of this length: both lengths and the type url. */
function headOf(bodyLength: number): Uint8Array {
  const valueLength = varint(bodyLength);
  const anyLength = TYPE_URL_FIELD.length + 1 + valueLength.length + bodyLength;
  const tags = [Buffer.of(RESOURCES_TAG), varint(anyLength), TYPE_URL_FIELD, Buffer.of(VALUE_TAG), valueLength];
  return Buffer.concat(tags);
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
