// SPDX-License-Identifier: Apache-2.0
// `footbridge watch ADDRESS`: speaks as istiod to any config source and prints what it would be told.
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Clock, systemClock } from '../lib/clock.ts';
import { counted } from '../lib/counted.ts';
import { type HostPort, hostPortText, parseHostPort } from '../lib/host-port.ts';
import { printable } from '../lib/printable.ts';
import type { Change } from '../probe/changes.ts';
import {
  ConfigSourceProbe,
  type ProbeAnswer,
  type ProbeEvents,
  type ProbeOptions,
  readConfigSource,
  SERVICE_ENTRY_TYPE_URL,
} from '../probe/config-source.ts';
import { changeLine } from './change-signs.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT } from './exit-codes.ts';
import type { Paint } from './paint.ts';
import { addTlsFlags, readTlsFlags, type TlsFlags } from './tls-flags.ts';
import { untilInterrupted } from './until-interrupted.ts';
import { answerRecords, disconnectedRecord } from './watch-records.ts';

const ONCE_MS = 10_000;
const ONCE_TEXT = `${ONCE_MS / 1000} s`;

const EPILOGUE = `
With --output json every line is one object, and fields are only ever added:
  {"at", "kind": "added" or "changed", "typeUrl", "name", "version", "labels", "annotations", "spec"}
  {"at", "kind": "removed", "typeUrl", "name"}
  {"at", "kind": "answered", "typeUrl", "version", "resources"}     after the changes of each answer; version of the whole
  {"at", "kind": "disconnected", "reason", "retryInMs"}

Examples:
  footbridge watch 127.0.0.1:9902                                          until Ctrl-C
  footbridge watch 127.0.0.1:9902 --once                                   what is served now
  footbridge watch xds://10.0.0.7:9902 --once --output json
                                                                           the same, for scripts
  footbridge watch footbridge.payments.svc:9902 --ca ca.pem                over TLS, as an istiod with SIMPLE
  footbridge watch 127.0.0.1:9902 -t networking.istio.io/v1/ServiceEntry -t networking.istio.io/v1/Sidecar
                                                                           several types

Exit codes: 0 ended by Ctrl-C, or with --once answered; 1 with --once: no answer within ${ONCE_TEXT}; 2 wrong usage.`;

interface WatchFlags extends TlsFlags {
  readonly type?: readonly string[];
  readonly once?: true;
  readonly output: 'text' | 'json';
}

export function addWatch(program: Command, context: CommandContext): void {
  const command = program
    .command('watch')
    .description('Speak as istiod to a config source; print additions, changes and removals as they come.')
    .argument('<address>', 'host:port, for example 127.0.0.1:9902', sourceAddress)
    .option('-t, --type <url>', `a type to ask for, may be given again (default: ${SERVICE_ENTRY_TYPE_URL})`, oneMore)
    .option('--once', 'end with the first answer of every type');
  addTlsFlags(command)
    .addOption(new Option('-o, --output <format>', 'what to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', EPILOGUE)
    .action(async (address: HostPort, flags: WatchFlags) => {
      const tls = await readTlsFlags(context, flags);
      if (tls.kind === 'unusable') return;
      const { type: typeUrls = [SERVICE_ENTRY_TYPE_URL] } = flags;
      const about = { address: hostPortText(address), typeUrls, name: 'watch' };
      const options: ProbeOptions = tls.kind === 'tls' ? { ...about, tls: tls.tls } : about;
      await (flags.once ? watchOnce(context, options, flags) : watch(context, options, flags));
    });
}

async function watch(context: CommandContext, options: ProbeOptions, flags: WatchFlags): Promise<void> {
  context.output.talk(`watching ${options.address}; end with Ctrl-C`);
  const deps = { clock: systemClock, random: Math.random };
  const probe = new ConfigSourceProbe(options, watchEvents(context, flags.output, systemClock), deps);
  await untilInterrupted();
  probe.close();
}

async function watchOnce(context: CommandContext, options: ProbeOptions, flags: WatchFlags): Promise<void> {
  const { onAnswer } = watchEvents(context, flags.output, systemClock);
  const deps = { clock: systemClock, random: Math.random };
  try {
    const answers = await readConfigSource(options, ONCE_MS, deps);
    for (const answer of answers.values()) onAnswer(answer);
  } catch (thrown) {
    context.output.talk(printable(thrown instanceof Error ? thrown.message : String(thrown)));
    context.exit(EXIT.failed);
  }
}

/** What is printed of each event. */
export function watchEvents(
  { output, paint }: Pick<CommandContext, 'output' | 'paint'>,
  format: WatchFlags['output'],
  clock: Clock,
): Required<ProbeEvents> {
  return {
    onAnswer(answer) {
      const lines = format === 'json' ? answerRecords(answer, clock.now()) : describeAnswer(answer, paint);
      for (const line of lines) output.data(line);
      for (const problem of answer.problems) output.talk(printable(problem));
    },
    onDisconnected(about) {
      if (format === 'json') output.data(disconnectedRecord(about, clock.now()));
      output.talk(`not connected: ${printable(about.reason)}; next attempt in ${about.retryInMs} ms`);
    },
  };
}

/** One line for each change; one for an answer that changed nothing. */
export function describeAnswer({ typeUrl, version, resources, changes }: ProbeAnswer, paint: Paint): readonly string[] {
  if (changes.length === 0)
    return [
      `= ${printable(typeUrl)} version ${printable(version)}: ${counted(resources.size, 'resource')}, nothing new`,
    ];
  return changes.map((change) => changeLine(change.kind, describeChange(change), paint));
}

function describeChange(change: Change): string {
  const { name, version } = change.kind === 'removed' ? change.former : change.resource;
  const spec = change.kind === 'removed' ? undefined : change.resource.spec;
  const what =
    spec === undefined
      ? ''
      : `  ${printable(listOf(spec['hosts']).join(', '))}  ${counted(listOf(spec['endpoints']).length, 'endpoint')}`;
  return `${printable(name)}  version ${printable(version)}${what}`;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function sourceAddress(text: string): HostPort {
  const address = parseHostPort(text);
  if (address === undefined)
    throw new InvalidArgumentError(
      'It must be HOST:PORT, with or without xds:// before it, for example 127.0.0.1:9902.',
    );
  return address;
}

/** Each type once: a second request for one would be taken for an answer to the first. */
function oneMore(type: string, former: readonly string[] = []): readonly string[] {
  return former.includes(type) ? former : [...former, type];
}
