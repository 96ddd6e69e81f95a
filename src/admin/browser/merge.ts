// SPDX-License-Identifier: Apache-2.0
// Makes a part of the page as the server would make it now, and touches nothing that is the same: what stays is the same node,
// so scrolling, focus, and what the reader has opened stay with it. Siblings with `data-key` are told apart by it.

/** `next` belongs to another document and is not changed. */
export function merge(live: Element, next: Element): void {
  mergeAttributes(live, next);
  mergeChildren(live, next);
}

function mergeAttributes(live: Element, next: Element): void {
  for (const { name } of [...live.attributes]) {
    if (!next.hasAttribute(name) && !isOfReader(live, name)) live.removeAttribute(name);
  }
  for (const { name, value } of next.attributes) {
    if (live.getAttribute(name) !== value && !isOfReader(live, name)) live.setAttribute(name, value);
  }
}

/** What is open, typed and chosen is for the reader to say. */
const OF_READER: ReadonlySet<string> = new Set(['details open', 'input value', 'option selected']);

function isOfReader({ localName }: Element, attribute: string): boolean {
  return OF_READER.has(`${localName} ${attribute}`);
}

function mergeChildren(live: Element, next: Element): void {
  const wantedKeys = new Set([...next.children].map(keyOf));
  const kept = new Map<string, Element>();
  for (const child of [...live.children]) {
    const key = keyOf(child);
    if (key === undefined) continue;
    if (wantedKeys.has(key)) kept.set(key, child);
    else child.remove();
  }
  let cursor: ChildNode | null = live.firstChild;
  for (const wanted of next.childNodes) {
    const match = counterpart(wanted, cursor, kept);
    if (match === undefined) live.insertBefore(document.importNode(wanted, true), cursor);
    else {
      if (match === cursor) cursor = match.nextSibling;
      else live.insertBefore(match, cursor);
      mergeNode(match, wanted);
    }
  }
  while (cursor !== null) {
    const after: ChildNode | null = cursor.nextSibling;
    cursor.remove();
    cursor = after;
  }
}

/** The node of the same key, wherever it stands now; without a key the one at this place if it is of the same kind. */
function counterpart(
  wanted: Node,
  cursor: ChildNode | null,
  kept: ReadonlyMap<string, Element>,
): ChildNode | undefined {
  const key = keyOf(wanted);
  if (key !== undefined) return kept.get(key);
  if (cursor === null || cursor.nodeName !== wanted.nodeName || keyOf(cursor) !== undefined) return undefined;
  return cursor;
}

function mergeNode(live: Node, next: Node): void {
  if (live instanceof Element && next instanceof Element) merge(live, next);
  else if (live.nodeValue !== next.nodeValue) live.nodeValue = next.nodeValue;
}

function keyOf(node: Node): string | undefined {
  return node instanceof Element ? (node.getAttribute('data-key') ?? undefined) : undefined;
}
