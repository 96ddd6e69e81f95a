// JSON documents: one out of a corpus with a few changes made to it, as a document and then, now and then, as a text.
import fc from 'fast-check';
import { jsonMutation, mutateJson } from './json-mutation.ts';
import { cloneNode, nodeOf, printNode } from './json-node.ts';
import { oddText } from './oddities.ts';
import { mutateText, textMutation } from './text-mutation.ts';

const MOST_CHANGES = 4;
const TOKENS = ['{', '}', '[', ']', ',', ':', '"', '\\', '\\u', 'null', '1e', '-', '{"a":', '[['];

export function mutatedJson(corpus: readonly unknown[], largest: number): fc.Arbitrary<string> {
  const roots = corpus.map(nodeOf);
  const changes = fc.array(jsonMutation(keysOf(corpus), largest), { maxLength: MOST_CHANGES });
  const breaks = fc.option(textMutation(TOKENS, oddText, largest), { freq: 6, nil: undefined });
  return fc.tuple(fc.constantFrom(...roots.keys()), changes, breaks).map(([which, made, broken]) => {
    const document = { root: cloneNode(roots[which] ?? { kind: 'scalar', text: 'null' }) };
    for (const mutation of made) mutateJson(document, mutation);
    const text = printNode(document.root);
    return broken === undefined ? text : mutateText(text, broken);
  });
}

/** Every key that stands anywhere in it. */
function keysOf(corpus: readonly unknown[]): readonly string[] {
  const keys = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, item] of Object.entries(value)) {
      if (!Array.isArray(value)) keys.add(key);
      visit(item);
    }
  };
  corpus.forEach(visit);
  return [...keys];
}
