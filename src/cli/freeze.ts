// SPDX-License-Identifier: Apache-2.0
// `footbridge freeze list|add|remove`: what a person wants to stay as it is, at a running bridge.
import { type Command, InvalidArgumentError, Option } from 'commander';
import { systemClock } from '../lib/clock.ts';
import { objectOf, parsedJson, textOf } from '../lib/json-value.ts';
import { printable } from '../lib/printable.ts';
import { outputOption, serverOption, tokenOption } from './bridge-options.ts';
import { type BridgeFlags, changeBridge, LONGEST_SENTENCE, tellChange } from './change-bridge.ts';
import type { CommandContext } from './command-context.ts';
import { type BridgeList, type ListFlags, printBridgeList } from './list-of-bridge.ts';

const EPILOGUE = `
What is frozen keeps exactly what it has: nothing is added, changed or removed, and no hold, debounce or grace of it runs out. When
the freeze ends, what changed meanwhile is taken in as after an outage of the registry: much that is gone is held first. Each replica
has its own freezes; one in the configuration (\`freeze\`) is for all of them.

Examples:
  footbridge freeze list                             what the bridge on this machine has frozen
  footbridge freeze add east/ORDERS --reason "moves to the new cluster" --for 2h --token-file token
  footbridge freeze remove east-freeze-20261126T120000000Z --token-file token

Exit codes: 0 done, or listed and nothing is frozen; 3 listed, and something is frozen; 1 the bridge cannot be asked or refuses;
2 wrong usage.`;

const LIST_EPILOGUE = `
Examples:
  footbridge freeze list
  footbridge freeze list --server http://127.0.0.1:9903 -o json

Exit codes: 0 nothing is frozen; 3 something is; 1 the bridge cannot be asked; 2 wrong usage.`;

const ADD_EPILOGUE = `
TARGET is a service as its registry spells it (\`registry/service\`), a registry, or '*' for everything. A service that is not there
stays out. Without --for and --until it lasts until somebody ends it.

Examples:
  footbridge freeze add east/ORDERS --reason "moves to the new cluster" --for 2h --token-file token
  footbridge freeze add east --reason "restored from a backup" --until 2026-12-01T12:00:00Z --token-file token
  footbridge freeze add '*' --reason "nobody touches anything today" --token-file token

Exit codes: 0 frozen; 1 the bridge cannot be asked or refuses; 2 wrong usage.`;

const REMOVE_EPILOGUE = `
One that stands in the configuration ends there.

Examples:
  footbridge freeze remove east-freeze-20261126T120000000Z --token-file token

Exit codes: 0 ended; 1 there is no such freeze by hand, or the bridge cannot be asked or refuses; 2 wrong usage.`;

const FREEZES: BridgeList = { path: 'debug/freezes', what: 'freezes', nothing: 'Nothing is frozen.' };

interface AddFlags extends BridgeFlags, ListFlags {
  readonly reason: string;
  /** Milliseconds. */
  readonly for?: number;
  readonly until?: string;
}

export function addFreeze(program: Command, context: CommandContext): void {
  const freeze = program
    .command('freeze')
    .description('Have a service, a registry or everything stay exactly as it is, at a running bridge.')
    .addHelpText('after', EPILOGUE);
  freeze
    .command('list', { isDefault: true })
    .description('List what is frozen, each with its reason and its end.')
    .addOption(serverOption())
    .addOption(outputOption('how to print'))
    .addHelpText('after', LIST_EPILOGUE)
    .action((flags: ListFlags) => printBridgeList(context, flags, FREEZES));
  freeze
    .command('add')
    .description('Freeze something.')
    .argument('<target>', "registry/service, a registry, or '*'")
    .requiredOption('-r, --reason <text>', 'why, for whoever finds it')
    .addOption(new Option('--for <duration>', 'how long: 30m, 2h').argParser(durationFrom).conflicts('until'))
    .option('--until <time>', 'until when: 2026-12-01T12:00:00Z')
    .addOption(serverOption())
    .addOption(tokenOption())
    .addOption(outputOption('how to print'))
    .addHelpText('after', ADD_EPILOGUE)
    .action((target: string, flags: AddFlags) => add(context, target, flags));
  freeze
    .command('remove')
    .description('End a freeze that was made by hand.')
    .argument('<freeze>', 'name of the freeze, as the list gives it')
    .addOption(serverOption())
    .addOption(tokenOption())
    .addHelpText('after', REMOVE_EPILOGUE)
    .action((id: string, flags: BridgeFlags) => remove(context, id, flags));
}

async function add(context: CommandContext, target: string, flags: AddFlags): Promise<void> {
  const { reason, output: format } = flags;
  const until = flags.for === undefined ? flags.until : new Date(systemClock.now() + flags.for).toISOString();
  // Seconds are enough, and what the bridge takes.
  const end = until === undefined ? {} : { until: until.replace(/\.\d+Z$/, 'Z') };
  const body = JSON.stringify({ target, reason, ...end });
  const answer = await changeBridge(context, flags, 'debug/freezes', { method: 'POST', body });
  if (answer === undefined) return;
  if (format === 'json') return context.output.data(answer.trimEnd());
  const freeze = objectOf(parsedJson(answer)) ?? {};
  context.output.data(printable(textOf(freeze['id']) ?? '', LONGEST_SENTENCE));
  context.output.talk(printable(textOf(freeze['sentence']) ?? '', LONGEST_SENTENCE));
  if (freeze['services'] === 0)
    context.output.talk('It is about nothing that is there now: look at how the registry spells it.');
}

async function remove(context: CommandContext, id: string, flags: BridgeFlags): Promise<void> {
  const path = `debug/freezes/${encodeURIComponent(id)}`;
  await tellChange(context, flags, path, { method: 'DELETE' });
}

const MS_PER_UNIT: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function durationFrom(text: string): number {
  const [, amount, unit = ''] = /^([1-9]\d{0,4})([smhd])$/.exec(text) ?? [];
  if (amount === undefined) throw new InvalidArgumentError('It must be a duration such as 30m, 2h or 3d.');
  return Number(amount) * (MS_PER_UNIT[unit] ?? 0);
}
