// SPDX-License-Identifier: Apache-2.0
// `footbridge watch ADDRESS`: speaks as istiod to any config source and prints what it would be told.
import type { Command } from 'commander';
import { systemClock } from '../lib/clock.ts';
import { counted } from '../lib/counted.ts';
import type { Change } from '../probe/changes.ts';
import { ConfigSourceProbe, type ProbeAnswer, SERVICE_ENTRY_TYPE_URL } from '../probe/config-source.ts';
import type { CommandContext } from './command-context.ts';
import type { Paint } from './paint.ts';
import { untilInterrupted } from './until-interrupted.ts';

export function addWatch(program: Command, { output, paint }: CommandContext): void {
  program
    .command('watch')
    .description('Speak as istiod to a config source; print additions, changes and removals as they come.')
    .argument('<address>', 'host:port, for example 127.0.0.1:9902')
    .option('-t, --type <url...>', 'types to ask for', [SERVICE_ENTRY_TYPE_URL])
    .action(async (address: string, options: { type: string[] }) => {
      const events = {
        onAnswer: (answer: ProbeAnswer) => {
          for (const line of describeAnswer(answer, paint)) output.data(line);
          for (const problem of answer.problems) output.talk(problem);
        },
        onDisconnected: ({ reason, retryInMs }: { reason: string; retryInMs: number }) =>
          output.talk(`not connected: ${reason}; next attempt in ${retryInMs} ms`),
      };
      output.talk(`watching ${address}; end with Ctrl-C`);
      const deps = { clock: systemClock, random: Math.random };
      const probe = new ConfigSourceProbe({ address, typeUrls: options.type, name: 'watch' }, events, deps);
      await untilInterrupted();
      probe.close();
    });
}

/** One line for each change; one for an answer that changed nothing. */
export function describeAnswer({ typeUrl, version, resources, changes }: ProbeAnswer, paint: Paint): readonly string[] {
  if (changes.length === 0)
    return [`= ${typeUrl} version ${version}: ${counted(resources.size, 'resource')}, nothing new`];
  return changes.map((change) => paint(COLOURS[change.kind], describeChange(change)));
}

const COLOURS = { added: 'good', changed: 'caution', removed: 'bad' } as const;
const SIGNS = { added: '+', changed: '~', removed: '-' } as const;

function describeChange(change: Change): string {
  const { name, version } = change.kind === 'removed' ? change.former : change.resource;
  const spec = change.kind === 'removed' ? undefined : change.resource.spec;
  const what =
    spec === undefined
      ? ''
      : `  ${listOf(spec['hosts']).join(', ')}  ${counted(listOf(spec['endpoints']).length, 'endpoint')}`;
  return `${SIGNS[change.kind]} ${name}  version ${version}${what}`;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
