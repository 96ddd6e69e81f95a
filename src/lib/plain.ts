// SPDX-License-Identifier: Apache-2.0
// Values → JSON and YAML text, piece by piece, so that a page of ten thousand services, or of one with ten thousand instances,
// is never in memory as a whole. Keys come from strangers (`__proto__`), so nothing here is an ordinary object.
import { stringify } from 'yaml';

export type Format = 'json' | 'yaml';

/** A list of values as one JSON array or YAML sequence, in pieces that join to the text. */
export function* listText(items: Iterable<unknown>, format: Format): Iterable<string> {
  let count = 0;
  for (const item of items) {
    if (format === 'yaml') yield* yamlItem(item, '', SPLIT_DEPTH);
    else {
      yield count === 0 ? '[\n' : ',\n';
      yield* jsonPieces(item, '', SPLIT_DEPTH);
    }
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
    yield '---\n';
    yield* yamlPieces(manifest, '', SPLIT_DEPTH);
    isEmpty = false;
  }
  if (isEmpty) yield '# nothing\n';
}

/** So many levels are taken apart; the instances of an explanation stand four below it: stages, stage, details, instances. */
const SPLIT_DEPTH = 5;

/** The text of `JSON.stringify`, indented by two, behind the first line indented further by `indent`. */
function* jsonPieces(value: unknown, indent: string, depth: number): Generator<string> {
  if (depth === 0 || !isFilled(value)) {
    yield JSON.stringify(toPlain(value), null, 2).replaceAll('\n', `\n${indent}`);
    return;
  }
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const inner = `${indent}  `;
  let before = open;
  for (const [key, field] of fieldsOf(value)) {
    yield `${before}\n${inner}${key === undefined ? '' : `${JSON.stringify(key)}: `}`;
    yield* jsonPieces(field, inner, depth - 1);
    before = ',';
  }
  yield `\n${indent}${close}`;
}

/** The text of `yamlText`, all of it indented by `indent`. */
function* yamlPieces(value: object, indent: string, depth: number): Generator<string> {
  if (depth === 0 || !isFilled(value)) {
    yield indented(yamlText(value), indent);
    return;
  }
  for (const [key, field] of fieldsOf(value)) {
    if (key === undefined) yield* yamlItem(field, indent, depth - 1);
    else yield* yamlField(key, field, indent, depth - 1);
  }
}

function* yamlItem(item: unknown, indent: string, depth: number): Generator<string> {
  if (depth === 0 || !isFilled(item)) {
    yield indented(yamlText([item]), indent);
    return;
  }
  const inner = `${indent}  `;
  let isFirst = true;
  for (const piece of yamlPieces(item, inner, depth)) {
    yield isFirst ? `${indent}- ${piece.slice(inner.length)}` : piece;
    isFirst = false;
  }
}

function* yamlField(key: string, field: unknown, indent: string, depth: number): Generator<string> {
  const empty = yamlText({ [key]: {} });
  // Long keys take lines of their own.
  const head = /^[^\n]*(?=: \{\}\n$)/.exec(empty)?.[0];
  if (depth === 0 || !isFilled(field) || head === undefined) {
    yield indented(yamlText({ [key]: field }), indent);
    return;
  }
  yield `${indent}${head}:\n`;
  yield* yamlPieces(field, `${indent}  `, depth);
}

function indented(text: string, indent: string): string {
  const lines = text.split('\n').map((line) => (line === '' ? line : `${indent}${line}`));
  return lines.join('\n');
}

/** `compat`: readers of YAML 1.1, kubectl among them, take a bare `yes` or `0x1f` for no text. */
function yamlText(value: unknown): string {
  return stringify(toPlain(value), { compat: 'yaml-1.1', lineWidth: 0, aliasDuplicateObjects: false });
}

/** A list or an object with something in it. */
function isFilled(value: unknown): value is object {
  if (Array.isArray(value)) return value.length > 0;
  return typeof value === 'object' && value !== null && Object.keys(plainLevel(value)).length > 0;
}

function fieldsOf(value: object): readonly (readonly [key: string | undefined, field: unknown])[] {
  if (Array.isArray(value)) return value.map((item) => [undefined, item]);
  return Object.entries(plainLevel(value));
}

/** What people read: Maps as objects, epoch milliseconds as ISO times, fields without a value left out. */
export function toPlain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeof value !== 'object' || value === null) return value;
  const plain = plainLevel(value);
  for (const [key, field] of Object.entries(plain)) plain[key] = toPlain(field);
  return plain;
}

/** The same of its own fields; what stands in them is left as it is. */
function plainLevel(value: object): Record<string, unknown> {
  const plain: Record<string, unknown> = Object.create(null);
  for (const [key, field] of value instanceof Map ? value : Object.entries(value)) {
    const time = isTimeName(key) ? isoTime(field) : undefined;
    if (time !== undefined) plain[key.slice(0, -'Ms'.length)] = time;
    else if (field !== undefined) plain[String(key)] = field;
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
