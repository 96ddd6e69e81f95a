// SPDX-License-Identifier: Apache-2.0
// `footbridge dump`: what a registry says now, as a file that can be looked at, sent to somebody, and given to `footbridge
// convert`. The dump to stdout or a file, everything else to stderr.
import type { Command } from 'commander';
import { dumpRegistry, type RegistryDump } from '../app/dump-registry.ts';
import { systemClock } from '../lib/clock.ts';
import { counted } from '../lib/counted.ts';
import { printable } from '../lib/printable.ts';
import { writePrivateFile } from '../lib/write-private-file.ts';
import { silentLog } from '../observe/log.ts';
import type { RegistryContext } from '../registry/kind.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT } from './exit-codes.ts';
import { keepingAlive } from './keeping-alive.ts';
import { loadOrExplain } from './load-config.ts';
import type { Output } from './output.ts';

const EPILOGUE = `
Reads once what is in the scope of the registry, with the credentials and servers of the configuration, and writes nothing to
it. Values that look like secrets are replaced by ***, as far as they can be told by their key or their form: look at a dump
before you send it to somebody.

Examples:
  footbridge dump -c footbridge.yaml -o dump.json                  to a file that only you may read
  footbridge dump -c footbridge.yaml -r east | footbridge convert -c footbridge.yaml -
                                                                   what would be published just now

Exit codes: 0 saved; 1 the registry cannot be read or the file cannot be written; 2 wrong usage or configuration.`;

interface DumpFlags {
  readonly config?: string;
  readonly registry?: string;
  readonly output?: string;
  readonly whole?: true;
}

export function addDump(program: Command, context: CommandContext): void {
  program
    .command('dump')
    .description('Save what a registry says now, secrets masked, for `footbridge convert` and for bug reports.')
    .option('-c, --config <file>', 'configuration file (YAML or JSON)')
    .option('-r, --registry <name>', 'the configured registry to read, where there are several')
    .option('-o, --output <file>', 'write to this file, which only you may read, instead of stdout')
    .option('--whole', 'also what is outside the scope')
    .addHelpText('after', EPILOGUE)
    .action((options: DumpFlags) => dump(context, options));
}

async function dump(context: CommandContext, flags: DumpFlags): Promise<void> {
  const loaded = await loadOrExplain(context, flags.config);
  if (loaded === undefined) return;
  const wish = { registry: flags.registry, whole: flags.whole === true };
  const dumped = await keepingAlive(() => dumpRegistry(loaded.config, wish, registryContext(context.output)));
  switch (dumped.kind) {
    case 'dumped':
      return tell(context, dumped, flags.output);
    case 'failed':
      context.output.talk(`${dumped.code} ${dumped.registry}: ${dumped.message}`);
      return context.exit(EXIT.failed);
    case 'not-chosen':
      context.output.talk(dumped.message);
      return context.exit(EXIT.usage);
  }
}

/** A tree of ten thousands of paths takes a while: who waits at a terminal sees how far it is. */
function registryContext({ progress }: Output): RegistryContext {
  progress?.('… reading the registry');
  const onProgress = (paths: number) => {
    if (paths % PATHS_PER_PROGRESS === 0) progress?.(`… ${paths} paths read`);
  };
  return { clock: systemClock, random: Math.random, log: silentLog, onRead() {}, onDrift() {}, onProgress };
}

const PATHS_PER_PROGRESS = 100;

async function tell(
  { output, exit }: CommandContext,
  dumped: RegistryDump & { readonly kind: 'dumped' },
  path: string | undefined,
): Promise<void> {
  for (const line of describeDump(dumped)) output.talk(line);
  if (path === undefined) return output.data(dumped.text);
  const written = await writePrivateFile(path, `${dumped.text}\n`);
  if (written.kind === 'written') return output.talk(`Written to ${path}.`);
  output.talk(`${path} cannot be written: ${written.why}.`);
  exit(EXIT.failed);
}

function describeDump({
  registry,
  services,
  instances,
  problems,
  masked,
  unread,
}: RegistryDump & { readonly kind: 'dumped' }): readonly string[] {
  const found = problems === 0 ? '' : `, ${counted(problems, 'problem')} that \`footbridge convert\` will name`;
  return [
    ...unread.map((sentence) => printable(sentence)),
    `${registry}: ${counted(services, 'service')} with ${counted(instances, 'instance')}${found}`,
    masked.length === 0 ? 'Nothing looked like a secret.' : `Masked as secrets: ${describeMasked(masked)}.`,
  ];
}

function describeMasked(keys: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].map(([key, count]) => `${printable(key, LONGEST_KEY)} (${count})`).join(', ');
}

const LONGEST_KEY = 100;
