// SPDX-License-Identifier: Apache-2.0
// Reads a state file back, or says why not. Nothing of a file is believed before its length and checksum are right.
//
//   what is there                              answer
//   ----------------------------------------   ---------------------
//   nothing, or the beginning of a first line  STATE_TRUNCATED
//   any other first line than ours             STATE_FOREIGN
//   a number above ours in it                  STATE_FUTURE_SCHEMA
//   fewer bytes behind it than it says         STATE_TRUNCATED
//   more bytes, another checksum, another      STATE_CORRUPT
//   shape than what we write
//   another namespace, another instance        STATE_OTHER_NAMESPACE, STATE_OTHER_INSTANCE
import { freezesFromJson, registryMemoryFromJson, seniorityFromJson } from '../guard/memory-json.ts';
import { exactList, exactNumber, exactObject, exactText, ShapeError } from '../lib/exact-json.ts';
import { objectOf, parsedJson } from '../lib/json-value.ts';
import { printable } from '../lib/printable.ts';
import { checksum, STATE_SCHEMA } from './encode-state.ts';
import { refusal, type StateRefusal } from './refusal.ts';
import type { BridgeName, SavedRegistry, SavedState } from './saved-state.ts';

export type StateDecoding =
  | { readonly kind: 'state'; readonly state: SavedState }
  | { readonly kind: 'refused'; readonly refusal: StateRefusal };

const OPENING = '{"footbridgeState":';
const LONGEST_HEAD = 500;
const NEWLINE = 0x0a;

/** Never throws. `expected`: whose state it must be. */
export function decodeState(file: Uint8Array, expected: BridgeName): StateDecoding {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const end = bytes.subarray(0, LONGEST_HEAD).indexOf(NEWLINE);
  const head = bytes.subarray(0, end < 0 ? LONGEST_HEAD : end).toString('latin1');
  const isOurs = head.startsWith(OPENING) || (end < 0 && OPENING.startsWith(head));
  const fields = end < 0 ? undefined : objectOf(parsedJson(head));
  const schema = fields?.['footbridgeState'];
  if (!isOurs || (bytes.length > LONGEST_HEAD && end < 0)) return refused('STATE_FOREIGN', '');
  if (end < 0) return refused('STATE_TRUNCATED', `${bytes.length} bytes`);
  if (typeof schema === 'number' && schema > STATE_SCHEMA)
    return refused('STATE_FUTURE_SCHEMA', `schema ${schema}, this one reads ${STATE_SCHEMA}`);
  if (schema !== STATE_SCHEMA) return refused('STATE_CORRUPT', 'its first line');
  return decodeBody(bytes.subarray(end + 1), fields ?? {}, expected);
}

function decodeBody(body: Buffer, head: Readonly<Record<string, unknown>>, expected: BridgeName): StateDecoding {
  const length = head['bytes'];
  if (typeof length !== 'number') return refused('STATE_CORRUPT', 'its first line');
  if (body.length < length) return refused('STATE_TRUNCATED', `${body.length} of ${length} bytes`);
  if (body.length > length || checksum(body) !== head['sha256'])
    return refused('STATE_CORRUPT', 'its checksum is another');
  try {
    return decodeContent(exactObject(parsedJson(body.toString('utf8'))), expected);
  } catch (error) {
    if (error instanceof ShapeError)
      return refused('STATE_CORRUPT', `its checksum is right, its shape is not: ${error.message}`);
    throw error;
  }
}

function decodeContent(content: Readonly<Record<string, unknown>>, expected: BridgeName): StateDecoding {
  const { writtenAtMs, namespace, instance, registries, seniority, freezes } = content;
  if (namespace !== expected.namespace) return refused('STATE_OTHER_NAMESPACE', printable(exactText(namespace), 63));
  if (instance !== expected.instance) return refused('STATE_OTHER_INSTANCE', printable(exactText(instance), 63));
  const state = {
    writtenAtMs: exactNumber(writtenAtMs),
    registries: exactList(registries, registryFromJson),
    seniority: seniorityFromJson(seniority),
    freezes: freezesFromJson(freezes),
  };
  return { kind: 'state', state };
}

function registryFromJson(value: unknown): SavedRegistry {
  const { name: written, kind, scope, readAtMs, memory } = exactObject(value);
  const name = exactText(written);
  return {
    name,
    kind: exactText(kind),
    scope: exactText(scope),
    readAtMs: exactNumber(readAtMs),
    // Revisions of a scope count from the start of a process.
    memory: registryMemoryFromJson(memory, name, 0),
  };
}

function refused(code: StateRefusal['code'], detail: string): StateDecoding {
  return { kind: 'refused', refusal: refusal(code, detail) };
}
