// SPDX-License-Identifier: Apache-2.0
// `footbridge release ID`: end a hold of a running bridge by hand. Without an id: list them.
import { type Command, Option } from 'commander';
import { printable } from '../lib/printable.ts';
import { ADMIN_URL } from './ask-bridge.ts';
import { changeBridge, LONGEST_SENTENCE } from './change-bridge.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT } from './exit-codes.ts';
import { listOfBridge, namedLines } from './list-of-bridge.ts';
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

async function list({ output, exit }: CommandContext, { server, output: format }: ReleaseFlags): Promise<void> {
  const listed = await listOfBridge(server, 'debug/holds', 'holds');
  if (listed.kind === 'failed') {
    output.talk(listed.message);
    return exit(EXIT.failed);
  }
  if (format === 'json') output.data(listed.text.trimEnd());
  else if (listed.items.length === 0) output.data('Nothing is held.');
  else for (const hold of listed.items) for (const line of namedLines(hold)) output.data(line);
  if (listed.items.length > 0) exit(EXIT.found);
}

async function release(context: CommandContext, hold: string, flags: ReleaseFlags): Promise<void> {
  const path = `debug/holds/${encodeURIComponent(hold)}/release`;
  const answer = await changeBridge(context, flags, path, { method: 'POST' });
  if (answer === undefined) return;
  context.output.talk(`${flags.server.origin} answered 200: ${printable(answer.trim(), LONGEST_SENTENCE)}`);
}
