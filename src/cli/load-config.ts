// SPDX-License-Identifier: Apache-2.0
// From the command line to a checked configuration, or to an answer that says all that is wrong with it.
import type { Config } from '../config/config.ts';
import { readConfigFile } from '../config/config-file.ts';
import { type LoadResult, loadConfig, type Settings } from '../config/load.ts';
import { type ConfigProblem, configProblemSentence } from '../config/problem.ts';
import { counted } from '../lib/counted.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT } from './exit-codes.ts';

export interface Loaded {
  readonly config: Config;
  readonly settings: Settings;
  readonly file: { readonly path: string; readonly text: string } | undefined;
}

/** undefined: it is wrong, every problem was printed and the exit code is set. */
export async function loadOrExplain(context: CommandContext, path: string | undefined): Promise<Loaded | undefined> {
  const { file, result } = await load(context, path);
  if (result.kind === 'ok') return { config: result.config, settings: result.settings, file };
  explainProblems(context, result.problems);
  return undefined;
}

/** Prints every problem and sets the exit code. */
export function explainProblems({ output, exit }: CommandContext, problems: readonly ConfigProblem[]): void {
  for (const problem of problems) output.talk(`${problem.code}: ${configProblemSentence(problem)}`);
  output.talk(`The configuration has ${counted(problems.length, 'problem')}. docs/configuration.md lists every key.`);
  exit(EXIT.usage);
}

/** The file, if one is named and can be read, and what it comes to together with environment and flags. */
export async function load(
  { env, flags }: Pick<CommandContext, 'env' | 'flags'>,
  path: string | undefined,
): Promise<{ readonly file: Loaded['file']; readonly result: LoadResult }> {
  const reading = path === undefined ? undefined : await readConfigFile(path);
  if (reading?.kind === 'unreadable') {
    return { file: undefined, result: { kind: 'invalid', problems: [reading.problem] } };
  }
  const file = reading?.file;
  return { file, result: loadConfig({ file, env, flags: Object.fromEntries(flags) }) };
}
