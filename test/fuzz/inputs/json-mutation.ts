// Changes to a JSON document that leave it one, most often: values of other kinds, members under other names, twice, or gone.
import fc from 'fast-check';
import { type Growth, growthUpTo, repetitions } from './growth.ts';
import { cloneNode, type JsonNode, placesIn, printNode } from './json-node.ts';
import { BROKEN_JSON, ODD_JSON, ODD_KEYS, oddText } from './oddities.ts';

export interface JsonMutation {
  readonly kind: 'replace' | 'remove' | 'repeat' | 'rename' | 'add' | 'copy' | 'nest' | 'stretch';
  /** Which place, counted round. */
  readonly at: number;
  readonly other: number;
  readonly json: string;
  readonly key: string;
  readonly growth: Growth;
}

const text = oddText.map((odd) => JSON.stringify(odd));

/** `keys`: those that mean something in such a document. */
export function jsonMutation(keys: readonly string[], largest: number): fc.Arbitrary<JsonMutation> {
  return fc.record({
    kind: fc.constantFrom(
      'replace',
      'replace',
      'remove',
      'repeat',
      'repeat',
      'rename',
      'add',
      'copy',
      'nest',
      'stretch',
    ),
    at: fc.nat({ max: 1_000_000 }),
    other: fc.nat({ max: 1_000_000 }),
    json: fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...ODD_JSON) },
      { weight: 8, arbitrary: text },
      { weight: 1, arbitrary: fc.constantFrom(...BROKEN_JSON) },
    ),
    key: fc.oneof(
      fc.constantFrom('__proto__', 'constructor'),
      fc.constantFrom(...ODD_KEYS),
      fc.constantFrom(...ODD_KEYS, ...keys),
    ),
    growth: growthUpTo(largest),
  });
}

/** Changes the document itself. */
export function mutateJson(document: { root: JsonNode }, mutation: JsonMutation): void {
  const places = placesIn(document).filter(({ node }) => isWanted(node, mutation));
  const place = places[mutation.at % places.length];
  const other = places[mutation.other % places.length];
  if (place === undefined || other === undefined) return;
  if (mutation.kind === 'rename') place.rename?.(mutation.key);
  else place.replace(...replacements(place.node, other.node, mutation));
}

/** What is repeated most often holds something: of names and numbers there are so many that lists would hardly ever have their turn. */
function isWanted(node: JsonNode, { kind, other }: JsonMutation): boolean {
  if (kind === 'add') return node.kind === 'map';
  return kind !== 'repeat' || other % 4 === 0 || node.kind !== 'scalar';
}

/** What stands there afterwards. */
function replacements(node: JsonNode, other: JsonNode, mutation: JsonMutation): readonly JsonNode[] {
  switch (mutation.kind) {
    case 'replace':
      return [{ kind: 'scalar', text: mutation.json }];
    case 'add':
      return node.kind === 'map' ? [added(node, mutation)] : [node];
    case 'copy':
      return [cloneNode(other)];
    case 'nest':
      return [nested(node, mutation)];
    case 'stretch':
      return [stretched(node, mutation)];
    case 'repeat':
      return repeated(node, mutation.growth);
    case 'remove':
    case 'rename':
      return [];
  }
}

/** Copies differ in their texts, so that they are not all the same thing. */
function repeated(node: JsonNode, grown: Growth): readonly JsonNode[] {
  const times = repetitions(grown, printNode(node).length);
  return [node, ...Array.from({ length: times }, (_, index) => numbered(node, index))];
}

function numbered(node: JsonNode, index: number): JsonNode {
  const copy = { root: cloneNode(node) };
  for (const { node: inner } of placesIn(copy)) {
    if (inner.kind !== 'scalar' || !inner.text.endsWith('"')) continue;
    inner.text = `${inner.text.slice(0, -1)}${index}"`;
  }
  return copy.root;
}

function nested(node: JsonNode, { growth: grown, key }: JsonMutation): JsonNode {
  const [before, behind] = [`[{${JSON.stringify(key)}:`, '}]'];
  const levels = Math.max(1, repetitions(grown, before.length + behind.length));
  return { kind: 'nested', before: before.repeat(levels), node, behind: behind.repeat(levels) };
}

/** Below the key that every object has, what stands there is what all objects would get. */
const SPREADING = '{"prototype":{"polluted":1},"polluted":1}';

function added({ entries }: Extract<JsonNode, { kind: 'map' }>, { key, json, other }: JsonMutation): JsonNode {
  return { kind: 'map', entries: [...entries, [key, { kind: 'scalar', text: other % 2 === 0 ? SPREADING : json }]] };
}

function stretched(node: JsonNode, { growth: grown, json }: JsonMutation): JsonNode {
  const piece = node.kind === 'scalar' && node.text.length > 2 ? node.text.slice(1, -1) : json.slice(1, -1) || 'x';
  return { kind: 'scalar', text: `"${piece.repeat(Math.max(1, repetitions(grown, piece.length)))}"` };
}
