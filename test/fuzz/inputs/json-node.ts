// JSON as a text that can be changed in any place: with keys twice, `__proto__` as a key, numbers that no number holds. Values of
// the language can express none of these.

export type JsonNode =
  /** As it stands in the text. */
  | { readonly kind: 'scalar'; text: string }
  | { readonly kind: 'list'; items: JsonNode[] }
  | { readonly kind: 'map'; entries: [key: string, value: JsonNode][] }
  /** A text that is JSON itself, as Dubbo likes it. */
  | { readonly kind: 'embedded'; node: JsonNode }
  /** Below so many levels that nobody could go through them one by one. */
  | { readonly kind: 'nested'; readonly before: string; node: JsonNode; readonly behind: string };

export function nodeOf(value: unknown): JsonNode {
  if (Array.isArray(value)) return { kind: 'list', items: value.map(nodeOf) };
  if (typeof value === 'object' && value !== null)
    return { kind: 'map', entries: Object.entries(value).map(([key, item]) => [key, nodeOf(item)]) };
  const embedded = typeof value === 'string' && /^\s*[[{]/.test(value) ? parsedOrNothing(value) : undefined;
  if (embedded !== undefined) return { kind: 'embedded', node: nodeOf(embedded) };
  return { kind: 'scalar', text: JSON.stringify(value) ?? 'null' };
}

export function printNode(node: JsonNode): string {
  switch (node.kind) {
    case 'scalar':
      return node.text;
    case 'list':
      return `[${node.items.map(printNode).join(',')}]`;
    case 'map':
      return `{${node.entries.map(([key, value]) => `${JSON.stringify(key)}:${printNode(value)}`).join(',')}}`;
    case 'embedded':
      return JSON.stringify(printNode(node.node));
    case 'nested':
      return `${node.before}${printNode(node.node)}${node.behind}`;
  }
}

export function cloneNode(node: JsonNode): JsonNode {
  switch (node.kind) {
    case 'scalar':
      return { ...node };
    case 'list':
      return { kind: 'list', items: node.items.map(cloneNode) };
    case 'map':
      return { kind: 'map', entries: node.entries.map(([key, value]) => [key, cloneNode(value)]) };
    case 'embedded':
    case 'nested':
      return { ...node, node: cloneNode(node.node) };
  }
}

/** Somewhere in a document: what stands there can be replaced, and removed or repeated where it has neighbours. */
export interface Place {
  readonly node: JsonNode;
  readonly replace: (...nodes: readonly JsonNode[]) => void;
  /** Of a member of a map. */
  readonly rename: ((key: string) => void) | undefined;
}

/** All places of a document, itself first. */
export function placesIn(document: { root: JsonNode }): readonly Place[] {
  const places: Place[] = [];
  const visit = (place: Place): void => {
    places.push(place);
    const { node } = place;
    if (node.kind === 'list') {
      const { items } = node;
      for (const item of [...items])
        visit({ node: item, rename: undefined, replace: (...others) => exchange(items, item, others) });
    } else if (node.kind === 'map') {
      const { entries } = node;
      for (const entry of [...entries]) visit(memberPlace(entries, entry));
    } else if (node.kind === 'embedded' || node.kind === 'nested') {
      visit({
        node: node.node,
        rename: undefined,
        replace: (first = NULL) => {
          node.node = first;
        },
      });
    }
  };
  visit({
    node: document.root,
    rename: undefined,
    replace: (first = NULL) => {
      document.root = first;
    },
  });
  return places;
}

const NULL: JsonNode = { kind: 'scalar', text: 'null' };

/** Repeated members get keys of their own, so that as many of them are there afterwards. */
function memberPlace(entries: [string, JsonNode][], entry: [string, JsonNode]): Place {
  const [key, node] = entry;
  return {
    node,
    rename: (other) => {
      entry[0] = other;
    },
    replace: (...others) => {
      const members = others.map((other, index): [string, JsonNode] => [
        index === 0 ? entry[0] : `${key}${index}`,
        other,
      ]);
      exchange(entries, entry, members);
    },
  };
}

function exchange<Item>(list: Item[], item: Item, others: readonly Item[]): void {
  const at = list.indexOf(item);
  if (at >= 0) list.splice(at, 1, ...others);
}

function parsedOrNothing(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
