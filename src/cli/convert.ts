// SPDX-License-Identifier: Apache-2.0
// `footbridge convert DUMP`: what would be published for a saved answer of a registry. ServiceEntries to stdout, problems to
// stderr; nothing is connected to.
import { readFile } from 'node:fs/promises';
import { text as readStream } from 'node:stream/consumers';
import type { Command } from 'commander';
import { convertDump } from '../app/convert-dump.ts';
import { problemsOf } from '../app/problems.ts';
import type { Turn } from '../app/turn.ts';
import { toYaml } from '../convert/to-yaml.ts';
import { counted } from '../lib/counted.ts';
import { problemLoss, problemSentence } from '../model/problem.ts';
import { type Dump, identifyDump } from '../registry/dump.ts';
import { REGISTRY_KINDS } from '../registry/table.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT } from './exit-codes.ts';
import { loadOrExplain } from './load-config.ts';

const EPILOGUE = `
To save what a registry says: footbridge dump. Of Eureka, curl can do it too; without the header it answers in XML:
  curl -H 'Accept: application/json' http://eureka-1:8761/eureka/apps > apps.json

Exit code 1 when the dump cannot be read or a service cannot be published at all.`;

interface ConvertFlags {
  readonly config?: string;
  readonly registry?: string;
}

export function addConvert(program: Command, context: CommandContext): void {
  program
    .command('convert')
    .description('Convert a saved answer of a registry into ServiceEntries, without a network.')
    .argument('<dump>', 'a dump, a saved JSON answer of /eureka/apps or a registry file; - reads standard input')
    .option('-c, --config <file>', 'configuration file; without it give --namespace and --instance')
    .option('-r, --registry <name>', 'the configured registry that the dump is from, where several could be meant')
    .addHelpText('after', EPILOGUE)
    .action((path: string, options: ConvertFlags) => convert(context, path, options));
}

async function convert(context: CommandContext, path: string, options: ConvertFlags): Promise<void> {
  const { output, exit } = context;
  const text = await readInput(path);
  if (text === undefined) {
    output.talk(`${path} cannot be read.`);
    return exit(EXIT.failed);
  }
  const identified = identifyDump(text);
  if (identified.kind === 'unreadable') {
    output.talk(identified.message);
    return exit(EXIT.failed);
  }
  const { dump } = identified;
  const withRegistry = options.config === undefined ? assumeRegistry(context, dump) : context;
  const loaded = await loadOrExplain(withRegistry, options.config);
  if (loaded === undefined) return;
  const conversion = convertDump(loaded.config, dump, options.registry);
  if (conversion.kind === 'failed') {
    output.talk(conversion.message);
    return exit(EXIT.failed);
  }
  if (!print(context, conversion.turn)) exit(EXIT.failed);
}

async function readInput(path: string): Promise<string | undefined> {
  try {
    return path === '-' ? await readStream(process.stdin) : await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
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

/** False when a service could not be published at all. */
function print({ output }: CommandContext, turn: Turn): boolean {
  const entries = turn.converted.flatMap(({ entry }) => entry ?? []);
  const yaml = toYaml(entries).trimEnd();
  if (yaml !== '') output.data(yaml);
  const problems = problemsOf(turn);
  for (const found of problems) {
    const subject = [found.registry, found.service, found.instance].filter((part) => part !== '').join('/');
    output.talk(`${found.code} ${subject}: ${problemSentence(found)}`);
  }
  output.talk(`${counted(entries.length, 'entry', 'entries')}, ${counted(problems.length, 'problem')}`);
  return !problems.some(({ code }) => problemLoss(code) === 'service');
}
