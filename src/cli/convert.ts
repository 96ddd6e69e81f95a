// SPDX-License-Identifier: Apache-2.0
// `footbridge convert DUMP`: what would be published for a saved answer of a registry. ServiceEntries to stdout, problems to
// stderr; nothing is connected to.
import type { Command } from 'commander';
import { convertDump } from '../app/convert-dump.ts';
import { problemsOf } from '../app/problems.ts';
import type { Turn } from '../app/turn.ts';
import { toYaml } from '../convert/to-yaml.ts';
import { counted } from '../lib/counted.ts';
import { problemLoss, problemSentence } from '../model/problem.ts';
import type { CommandContext } from './command-context.ts';
import { readDumpInput } from './dump-input.ts';
import { EXIT } from './exit-codes.ts';

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
  const input = await readDumpInput(context, path, options.config);
  if (input === undefined) return;
  const conversion = convertDump(input.config, input.dump, options.registry);
  if (conversion.kind === 'failed') {
    output.talk(conversion.message);
    return exit(EXIT.failed);
  }
  if (!print(context, conversion.turn)) exit(EXIT.failed);
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
