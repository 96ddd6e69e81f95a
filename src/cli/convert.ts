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
import type { CommandContext } from './command-context.ts';
import { EXIT } from './exit-codes.ts';
import { loadOrExplain } from './load-config.ts';

const EPILOGUE = `
Eureka answers in XML unless it is asked for JSON. To save an answer:
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
    .argument('<dump>', 'a saved JSON answer of /eureka/apps, a registry file or a dump; - reads standard input')
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
  const dump = identifyDump(text);
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

/** Without a configuration file there is one registry, named for its kind; its address is never used. */
function assumeRegistry(context: CommandContext, { kind }: Dump): CommandContext {
  const where = kind === 'eureka' ? ['urls', 'http://registry.invalid/eureka'] : ['path', 'registry.yaml'];
  const assumed: readonly (readonly [string, string])[] = [
    [`registries.${kind}.kind`, kind],
    [`registries.${kind}.${where[0]}`, where[1] ?? ''],
  ];
  return { ...context, flags: new Map([...assumed, ...context.flags]) };
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
