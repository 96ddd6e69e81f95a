// SPDX-License-Identifier: Apache-2.0
// Values → JSON and YAML text, piece by piece, so that a page of ten thousand services is never in memory as a
// whole. Keys come from strangers (`__proto__`), so nothing here is an ordinary object.
import { stringify } from 'yaml';

export type Format = 'json' | 'yaml';

/** A list of values as one JSON array or YAML sequence, in pieces that join to the text. */
export function* listText(items: Iterable<unknown>, format: Format): Iterable<string> {
  let count = 0;
  for (const item of items) {
    if (format === 'yaml') yield yamlText([item]);
    else yield `${count === 0 ? '[' : ','}\n${JSON.stringify(toPlain(item), null, 2)}`;
    count++;
  }
  if (format === 'json') yield count === 0 ? '[]\n' : '\n]\n';
  else if (count === 0) yield '[]\n';
}

/** Objects as YAML documents, or as one Kubernetes `List` in JSON: `kubectl apply -f` takes both. */
export function* manifestText(manifests: Iterable<object>, format: Format): Iterable<string> {
  if (format === 'json') {
    yield '{"apiVersion": "v1", "kind": "List", "items": ';
    yield* listText(manifests, 'json');
    yield '}\n';
    return;
  }
  let isEmpty = true;
  for (const manifest of manifests) {
    yield `---\n${yamlText(manifest)}`;
    isEmpty = false;
  }
  if (isEmpty) yield '# nothing\n';
}

/** `compat`: readers of YAML 1.1, kubectl among them, take a bare `yes` or `0x1f` for no text. */
function yamlText(value: unknown): string {
  return stringify(toPlain(value), { compat: 'yaml-1.1', lineWidth: 0, aliasDuplicateObjects: false });
}

/** What people read: Maps as objects, epoch milliseconds as ISO times, fields without a value left out. */
export function toPlain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeof value !== 'object' || value === null) return value;
  const plain: Record<string, unknown> = Object.create(null);
  for (const [key, field] of value instanceof Map ? value : Object.entries(value)) {
    const time = isTimeName(key) ? isoTime(field) : undefined;
    if (time !== undefined) plain[key.slice(0, -'Ms'.length)] = time;
    else if (field !== undefined) plain[String(key)] = toPlain(field);
  }
  return plain;
}

/** `atMs`, `readAtMs`, `sinceMs`, `untilMs`: moments. `lagMs`, `waitedMs` are durations and stay numbers. */
function isTimeName(key: unknown): key is string {
  return typeof key === 'string' && /(?:^at|At|[sS]ince|[uU]ntil)Ms$/.test(key);
}

function isoTime(value: unknown): string | undefined {
  if (typeof value !== 'number' || Math.abs(value) > 8.64e15) return undefined;
  return Number.isNaN(value) ? undefined : new Date(value).toISOString();
}
