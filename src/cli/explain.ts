// SPDX-License-Identifier: Apache-2.0
// `footbridge explain NAME`: the way of one service through a running bridge, or what a dump says would become of it.
import { type Command, InvalidArgumentError } from 'commander';
import { explainDump } from '../app/explain/explain-dump.ts';
import { systemClock } from '../lib/clock.ts';
import { parsedJson } from '../lib/json-value.ts';
import { listText, toPlain } from '../lib/plain.ts';
import { askBridge } from './ask-bridge.ts';
import { outputOption, serverOption } from './bridge-options.ts';
import type { CommandContext } from './command-context.ts';
import { readDumpInput } from './dump-input.ts';
import { EXIT } from './exit-codes.ts';
import { explanationText, isAllWell } from './explanation-text.ts';
import { keepingAlive } from './keeping-alive.ts';

const EPILOGUE = `
NAME is a service as its registry spells it (also as registry/service), a host or its first labels, a virtual IP, the id of an
instance, its address or address:port, or a URL of any of these. Signs: √ passed, ‼ worth knowing, × stopped, ? unknown. An
acknowledgement of a client says that it received the entry; istiod says nothing more.

Examples:
  footbridge explain ORDERS                                  ask the bridge on this machine
  footbridge explain orders.shop.east --server http://127.0.0.1:9903
  footbridge explain 10.20.0.17:8080 -o json                 for scripts
  footbridge explain ORDERS --dump dump.json -c footbridge.yaml
                                                             what would become of it, without a network

Exit codes: 0 it is in the mesh as it is registered, or offered so to whoever connects (of a dump: it would be published so);
3 something stopped it wholly or partly, or it is not known; 1 the bridge cannot be asked or the dump cannot be read; 2 wrong
usage or configuration.`;

interface ExplainFlags {
  readonly server: URL;
  readonly dump?: string;
  readonly config?: string;
  readonly registry?: string;
  readonly output: 'text' | 'json';
}

export function addExplain(program: Command, context: CommandContext): void {
  program
    .command('explain')
    .description('Tell the way of one service, stage by stage, from its registry to the clients that acknowledged it.')
    .argument('<name>', 'a service, a host, a virtual IP, an instance or its address', askedName)
    .addOption(serverOption().conflicts('dump'))
    .option('-d, --dump <file>', 'a dump instead of a running bridge; - reads standard input')
    .option('-c, --config <file>', 'with --dump: configuration file; without it give --namespace and --instance')
    .option(
      '-r, --registry <name>',
      'with --dump: the configured registry that it is from, where several could be meant',
    )
    .addOption(outputOption('what to print'))
    .addHelpText('after', EPILOGUE)
    .action((name: string, flags: ExplainFlags) => explain(context, name, flags));
}

async function explain(context: CommandContext, name: string, flags: ExplainFlags): Promise<void> {
  const { output, paint, exit } = context;
  const idle = flags.dump === undefined ? ofDumpsOnly(context, flags) : [];
  if (idle.length > 0) {
    output.talk(
      `${idle.join(', ')}: of use with --dump alone. A running bridge is asked by --server, and has its own configuration.`,
    );
    return exit(EXIT.usage);
  }
  const json =
    flags.dump === undefined
      ? await askLive(context, name, flags.server)
      : await askDump(context, name, flags, flags.dump);
  if (json === undefined) return;
  const explanations = parsedJson(json);
  if (flags.output === 'json') output.data(json.trimEnd());
  else for (const line of explanationText(explanations, paint)) output.data(line);
  if (!isAllWell(explanations)) exit(EXIT.found);
}

/** What was given, and does nothing when a running bridge is asked. */
function ofDumpsOnly({ flags: keys }: CommandContext, { config, registry }: ExplainFlags): readonly string[] {
  const named = { '--config': config, '--registry': registry };
  const given = Object.entries(named).flatMap(([flag, value]) => (value === undefined ? [] : [flag]));
  return [...given, ...[...keys.keys()].map((key) => `--${key}`)];
}

/** JSON, as the bridge made it. undefined: told, and the exit code is set. */
async function askLive({ output, exit }: CommandContext, name: string, server: URL): Promise<string | undefined> {
  const answer = await keepingAlive(() => askBridge(server, 'debug/explain', { name, format: 'json' }, systemClock));
  const isList = answer.kind === 'answered' && Array.isArray(parsedJson(answer.text));
  if (answer.kind === 'answered' && isList) return answer.text;
  output.talk(
    answer.kind === 'failed' ? answer.message : `What ${server.origin} answers is no explanation. Is it an admin port?`,
  );
  exit(EXIT.failed);
  return undefined;
}

async function askDump(
  context: CommandContext,
  name: string,
  { config, registry }: ExplainFlags,
  path: string,
): Promise<string | undefined> {
  const input = await readDumpInput(context, path, config);
  if (input === undefined) return undefined;
  const explained = explainDump(name, input.config, input.dump, registry);
  if (explained.kind === 'explained') return [...listText(explained.explanations.map(toPlain), 'json')].join('');
  context.output.talk(explained.message);
  context.exit(explained.kind === 'not-chosen' ? EXIT.usage : EXIT.failed);
  return undefined;
}

/** Nothing is called so, and a variable of a script may well be empty. */
function askedName(text: string): string {
  if (text.trim() === '')
    throw new InvalidArgumentError('It is empty: name a service, a host, a virtual IP, an instance or its address.');
  return text;
}
