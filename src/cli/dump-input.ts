// SPDX-License-Identifier: Apache-2.0
// A dump that is named on the command line, with the configuration that it is read with. Nothing is connected to.
import { readInput } from '../lib/read-text.ts';
import { type Dump, identifyDump } from '../registry/dump.ts';
import { REGISTRY_KINDS } from '../registry/table.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT } from './exit-codes.ts';
import { type Loaded, loadOrExplain } from './load-config.ts';

export interface DumpInput {
  readonly dump: Dump;
  readonly config: Loaded['config'];
}

/** `path` may be `-`. undefined: something is wrong with one of both, it was told and the exit code is set. */
export async function readDumpInput(
  context: CommandContext,
  path: string,
  configPath: string | undefined,
): Promise<DumpInput | undefined> {
  const dump = await readDump(context, path);
  if (dump === undefined) return undefined;
  const withRegistry = configPath === undefined ? assumeRegistry(context, dump) : context;
  const loaded = await loadOrExplain(withRegistry, configPath);
  return loaded && { dump, config: loaded.config };
}

/** undefined: told, and the exit code is set. */
export async function readDump({ output, exit }: CommandContext, path: string): Promise<Dump | undefined> {
  const identified = await identifyInput(path);
  if (identified.kind === 'dump') return identified.dump;
  output.talk(identified.message);
  exit(EXIT.failed);
  return undefined;
}

async function identifyInput(path: string): Promise<ReturnType<typeof identifyDump>> {
  const reading = await readInput(path);
  return reading.kind === 'text' ? identifyDump(reading.text) : reading;
}

/** Without a configuration file there is one registry, with the name that the dump has; its address is never used. */
function assumeRegistry(context: CommandContext, { kind, registry = kind }: Dump): CommandContext {
  const name = NAME.test(registry) ? registry : kind.replaceAll(/[^a-z0-9]/g, '').slice(0, 15);
  const address = isKnownKind(kind) ? REGISTRY_KINDS[kind].assumedAddress : undefined;
  const assumed: [string, string][] = [[`registries.${name}.kind`, kind]];
  if (address !== undefined) assumed.push([`registries.${name}.${address.key}`, address.value]);
  return { ...context, flags: new Map([...assumed, ...context.flags]) };
}

/** What a configuration takes for the name of a registry. */
const NAME = /^[a-z0-9]{1,15}$/;

function isKnownKind(kind: string): kind is keyof typeof REGISTRY_KINDS {
  return Object.hasOwn(REGISTRY_KINDS, kind);
}
