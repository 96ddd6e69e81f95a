// SPDX-License-Identifier: Apache-2.0
// A list that a running bridge's admin port has under a path: what is held, what is frozen.
import { systemClock } from '../lib/clock.ts';
import { objectOf, parsedJson } from '../lib/json-value.ts';
import { printable } from '../lib/printable.ts';
import { askBridge } from './ask-bridge.ts';
import { LONGEST_SENTENCE } from './change-bridge.ts';
import { keepingAlive } from './keeping-alive.ts';

export type BridgeList =
  /** `text` is the JSON of `items`, as it came. */
  | { readonly kind: 'listed'; readonly text: string; readonly items: readonly unknown[] }
  /** `message` is a sentence. */
  | { readonly kind: 'failed'; readonly message: string };

/** `what` names the items: "holds". Never rejects. */
export async function listOfBridge(server: URL, path: string, what: string): Promise<BridgeList> {
  const answer = await keepingAlive(() => askBridge(server, path, {}, systemClock));
  if (answer.kind === 'failed') return answer;
  const items = parsedJson(answer.text);
  if (Array.isArray(items)) return { kind: 'listed', text: answer.text, items };
  return { kind: 'failed', message: `What ${server.origin} answers is no list of ${what}. Is it an admin port?` };
}

/** The name of an item and its sentence, each made printable: a bridge of another release may answer anything. */
export function namedLines(item: unknown): readonly string[] {
  const { id, sentence } = objectOf(item) ?? {};
  return [printable(String(id)), `  ${printable(String(sentence), LONGEST_SENTENCE)}`];
}
