// SPDX-License-Identifier: Apache-2.0
// The state file: one line that says what it is and by which a reader knows that all of it is there, then one JSON document.
//
//     {"footbridgeState":1,"bytes":<of what follows>,"sha256":"<of what follows>"}
//     {"writtenAtMs":…,"namespace":…,"instance":…,"registries":[…],"seniority":[…],"freezes":[…]}
import { createHash } from 'node:crypto';
import { freezesJson, registryMemoryJson, seniorityJson } from '../guard/memory-json.ts';
import { byIdentity } from '../lib/by-identity.ts';
import type { BridgeName, SavedRegistry, SavedState } from './saved-state.ts';

/** Of what the file holds and how: a program reads the files of its own number alone. */
export const STATE_SCHEMA = 1;

/** Services and names that did not change since they were last encoded cost the joining of their text alone. */
export function encodeState(
  { writtenAtMs, registries, seniority, freezes }: SavedState,
  { namespace, instance }: BridgeName,
): Buffer {
  const about = `"writtenAtMs":${writtenAtMs},"namespace":${JSON.stringify(namespace)},"instance":${JSON.stringify(instance)}`;
  const all = registries.map(registryJson).join(',\n');
  const rest = `"seniority":${namesJson(seniority)},"freezes":${freezesJson(freezes)}`;
  const body = Buffer.from(`{${about},"registries":[\n${all}],${rest}}\n`);
  return Buffer.concat([Buffer.from(headLine(body)), body]);
}

/** What stands before `body`. */
export function headLine(body: Uint8Array, schema = STATE_SCHEMA): string {
  return `${JSON.stringify({ footbridgeState: schema, bytes: body.length, sha256: checksum(body) })}\n`;
}

export function checksum(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('hex');
}

const namesJson = byIdentity(seniorityJson);

function registryJson({ name, kind, scope, readAtMs, memory }: SavedRegistry): string {
  const about = JSON.stringify({ name, kind, scope, readAtMs }).slice(0, -1);
  return `${about},"memory":${registryMemoryJson(memory)}}`;
}
