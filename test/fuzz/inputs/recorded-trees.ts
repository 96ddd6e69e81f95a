// Pieces of recorded ZooKeeper trees.
import { type JsonObject, objectOf, textsOf } from '../../../src/lib/json-value.ts';

/** Names of nodes, each once. */
export function childrenIn(trees: readonly unknown[]): readonly string[] {
  return [...new Set(nodesIn(trees).flatMap((node) => textsOf(node['children'])))];
}

/** Data of nodes, each once. */
export function dataIn(trees: readonly unknown[]): readonly string[] {
  return [...new Set(nodesIn(trees).flatMap(({ data }) => (typeof data === 'string' && data !== '' ? [data] : [])))];
}

function nodesIn(trees: readonly unknown[]): readonly JsonObject[] {
  const nodes = trees.flatMap((tree) => Object.values(objectOf(tree) ?? {}).map(objectOf));
  return nodes.filter((node) => node !== undefined);
}
