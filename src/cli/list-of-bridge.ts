// SPDX-License-Identifier: Apache-2.0
// A list that a running bridge's admin port has under a path: what is held, what is frozen.
import { systemClock } from '../lib/clock.ts';
import { objectOf, parsedJson } from '../lib/json-value.ts';
import { printable } from '../lib/printable.ts';
import { askBridge } from './ask-bridge.ts';
import { LONGEST_SENTENCE } from './change-bridge.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT } from './exit-codes.ts';
import { keepingAlive } from './keeping-alive.ts';

export interface BridgeList {
  readonly path: string;
  /** Names the items: "holds". */
  readonly what: string;
  /** Said when there are none. */
  readonly nothing: string;
}

export interface ListFlags {
  readonly server: URL;
  readonly output: 'text' | 'json';
}

/** Prints the list, each item with its name and its sentence. The exit code says whether there is anything. */
export async function printBridgeList(
  { output, exit }: CommandContext,
  { server, output: format }: ListFlags,
  { path, what, nothing }: BridgeList,
): Promise<void> {
  const answer = await keepingAlive(() => askBridge(server, path, {}, systemClock));
  const items = answer.kind === 'answered' ? parsedJson(answer.text) : undefined;
  if (answer.kind === 'failed' || !Array.isArray(items)) {
    const notOurs = `What ${server.origin} answers is no list of ${what}. Is it an admin port?`;
    output.talk(answer.kind === 'failed' ? answer.message : notOurs);
    return exit(EXIT.failed);
  }
  if (format === 'json') output.data(answer.text.trimEnd());
  else if (items.length === 0) output.data(nothing);
  else for (const item of items) for (const line of namedLines(item)) output.data(line);
  if (items.length > 0) exit(EXIT.found);
}

/** The name of an item and its sentence, each made printable: a bridge of another release may answer anything. */
function namedLines(item: unknown): readonly string[] {
  const { id, sentence } = objectOf(item) ?? {};
  return [printable(String(id)), `  ${printable(String(sentence), LONGEST_SENTENCE)}`];
}
