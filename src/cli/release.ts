// SPDX-License-Identifier: Apache-2.0
// `footbridge release ID`: end a hold of a running bridge by hand. Without an id: list them.
import { type Command, Option } from 'commander';
import { systemClock } from '../lib/clock.ts';
import { httpPost } from '../lib/http-ask.ts';
import { parsedJson } from '../lib/json-value.ts';
import { printable } from '../lib/printable.ts';
import { UnusableFile } from '../lib/secret-files.ts';
import { tokenFrom } from '../lib/token-file.ts';
import { ADMIN_URL, askBridge } from './ask-bridge.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT } from './exit-codes.ts';
import { keepingAlive } from './keeping-alive.ts';
import { pageUrl } from './page-url.ts';

const EPILOGUE = `
A hold keeps what a registry suddenly lists no longer, until a later read confirms that it is gone. Released, what is still
missing is removed after the debounce (5 s), like anything else that is gone; while the registry cannot be read it stays. The
bridge must have a token (\`admin.tokenFile\`), and each replica has its own holds: release them at each.

Examples:
  footbridge release                                 what the bridge on this machine holds
  footbridge release east-many-gone-20261126T120000000Z --token-file /etc/footbridge/admin/token

Exit codes: 0 released, or listed and nothing is held; 3 listed, and something is held; 1 there is no such hold, or the bridge
cannot be asked or refuses; 2 wrong usage.`;

const LIMITS = { deadlineMs: 10_000, mostBytes: 64 * 1024 };

interface ReleaseFlags {
  readonly server: URL;
  readonly tokenFile?: string;
  readonly output: 'text' | 'json';
}

export function addRelease(program: Command, context: CommandContext): void {
  program
    .command('release')
    .description('End a hold by hand, or list what is held.')
    .argument('[hold]', 'name of the hold, as the list gives it')
    .addOption(
      new Option('-s, --server <url>', 'admin port of a running bridge')
        .argParser((text) => pageUrl(text, ADMIN_URL))
        .default(new URL(ADMIN_URL), ADMIN_URL),
    )
    .option('-t, --token-file <file>', 'file with the token of the bridge')
    .addOption(new Option('-o, --output <format>', 'how to print the list').choices(['text', 'json']).default('text'))
    .addHelpText('after', EPILOGUE)
    .action((hold: string | undefined, flags: ReleaseFlags) =>
      hold === undefined ? list(context, flags) : release(context, hold, flags),
    );
}

async function list({ output, exit }: CommandContext, flags: ReleaseFlags): Promise<void> {
  const answer = await keepingAlive(() => askBridge(flags.server, 'debug/holds', {}, systemClock));
  const holds = answer.kind === 'answered' ? parsedJson(answer.text) : undefined;
  if (answer.kind === 'failed' || !Array.isArray(holds)) {
    const notOurs = `What ${flags.server.origin} answers is no list of holds. Is it an admin port?`;
    output.talk(answer.kind === 'failed' ? answer.message : notOurs);
    return exit(EXIT.failed);
  }
  if (flags.output === 'json') output.data(answer.text.trimEnd());
  else if (holds.length === 0) output.data('Nothing is held.');
  else for (const hold of holds) for (const line of holdLines(hold)) output.data(line);
  if (holds.length > 0) exit(EXIT.found);
}

function holdLines(hold: unknown): readonly string[] {
  const { id, sentence }: { readonly id?: unknown; readonly sentence?: unknown } = Object(hold);
  return [printable(String(id)), `  ${printable(String(sentence), LONGEST_SENTENCE)}`];
}

const LONGEST_SENTENCE = 500;

async function release({ output, exit }: CommandContext, hold: string, flags: ReleaseFlags): Promise<void> {
  const { server, tokenFile } = flags;
  if (tokenFile === undefined) {
    output.talk('--token-file is missing: the file that holds the token of the bridge (`admin.tokenFile` there).');
    return exit(EXIT.usage);
  }
  const token = await tokenFrom(tokenFile).catch((error: unknown) => {
    if (!(error instanceof UnusableFile)) throw error;
    output.talk(`${error.message}.`);
  });
  if (token === undefined) return exit(EXIT.usage);
  const base = server.href.endsWith('/') ? server.href : `${server.href}/`;
  const url = new URL(`debug/holds/${encodeURIComponent(hold)}/release`, base);
  const answer = await keepingAlive(() => httpPost(url, token, LIMITS, systemClock));
  if (answer.kind === 'answered') {
    output.talk(`${server.origin} answered ${answer.status}: ${printable(answer.text.trim(), LONGEST_SENTENCE)}`);
    return exit(answer.status === 200 ? EXIT.ok : EXIT.failed);
  }
  const why = answer.kind === 'silent' ? `no answer within ${LIMITS.deadlineMs / 1000} s` : answer.code;
  output.talk(`No bridge can be asked at ${server.origin} (${why || 'it does not speak HTTP'}). Give its admin port.`);
  exit(EXIT.failed);
}
