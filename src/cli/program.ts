// SPDX-License-Identifier: Apache-2.0
// The command line: which commands there are, and how a wrong one is answered. Each command stands in a file of its own.
import { Command, CommanderError } from 'commander';
import { VERSION } from '../lib/version.ts';
import { addCheck } from './check.ts';
import type { CommandContext } from './command-context.ts';
import { addConfig } from './config.ts';
import { splitConfigFlags } from './config-flags.ts';
import { addConvert } from './convert.ts';
import { addDemo } from './demo.ts';
import { addDump } from './dump.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { addExplain } from './explain.ts';
import { addFreeze } from './freeze.ts';
import { addMeshConfig } from './mesh-config.ts';
import { type Output, processOutput } from './output.ts';
import { painter } from './paint.ts';
import { addRelease } from './release.ts';
import { addServe } from './serve.ts';
import { addWatch } from './watch.ts';
import { wrapHelp } from './wrap-help.ts';

/** Runs one command; resolves with the exit code (see exit-codes.ts). Rejects only by a defect. */
export async function runCommandLine(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  output: Output = processOutput,
): Promise<number> {
  const { rest, flags, lacksValue } = splitConfigFlags(argv);
  if (lacksValue !== undefined) {
    output.talk(`${lacksValue} needs a value: ${lacksValue}=VALUE`);
    return EXIT.usage;
  }
  let code: ExitCode = EXIT.ok;
  const context: CommandContext = {
    env,
    flags,
    output,
    paint: painter(output.isTerminal === true, env),
    exit: (ended) => (code = ended),
  };
  try {
    await createProgram(context).parseAsync(withDefaultCommand(rest), { from: 'user' });
    return code;
  } catch (error) {
    // Commander has printed what is wrong, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    throw error;
  }
}

const ASKS_ABOUT_ITSELF = ['-h', '--help', '-V', '--version'];

/** `serve` is the default. Commander's own default would take a misspelt command for an argument of it. */
function withDefaultCommand(argv: readonly string[]): readonly string[] {
  const [first] = argv;
  const isCommand = first !== undefined && (!first.startsWith('-') || ASKS_ABOUT_ITSELF.includes(first));
  return isCommand ? argv : ['serve', ...argv];
}

/** All commands, not run yet. */
export function createProgram(context: CommandContext): Command {
  const columns = context.output.columns ?? 80;
  const program = new Command('footbridge')
    .description("Bridges one team's part of a service registry into Istio, as ServiceEntries served over MCP.")
    .version(VERSION)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.output.data(wrapHelp(text.trimEnd(), columns)),
      // Commander repeats a wrong argument, which may be a URL with a password.
      writeErr: (text) => context.output.talk(text.trimEnd().replaceAll(/\/\/[^\s/@]+@/g, '//***@')),
      getOutHelpWidth: () => columns,
      getErrHelpWidth: () => columns,
    })
    .showSuggestionAfterError()
    .addHelpText('after', EPILOGUE);
  for (const add of COMMANDS) add(program, context);
  return program;
}

const COMMANDS = [
  ...[addServe, addDemo, addCheck, addDump, addConvert, addExplain],
  ...[addRelease, addFreeze, addWatch, addMeshConfig, addConfig],
];

const EPILOGUE = `
Every configuration key is also a flag (--serve.port 9902) and an environment variable (FOOTBRIDGE_SERVE_PORT).

Exit codes: 0 done, 1 failed, 2 wrong usage or configuration, 3 found something (a failed check, a difference, a
service that is not in the mesh as it is registered).

Examples:
  footbridge demo                                  see it work, without a cluster
  footbridge serve --config footbridge.yaml        run
  footbridge config check footbridge.yaml          judge a configuration
  footbridge check --config footbridge.yaml        look at everything that it needs, with a remedy for what fails
  footbridge dump --config footbridge.yaml --output dump.json
                                                   save what a registry says now, secrets masked
  footbridge convert --config footbridge.yaml dump.json
                                                   what would be published for it, without a network
  footbridge explain ORDERS                        why a service is in the mesh, or is not
  footbridge release                               what is held back, and how to end it
  footbridge watch 127.0.0.1:9902                  speak as istiod to a config source
  footbridge mesh-config payments billing          istiod's list of config sources for several bridges`;
