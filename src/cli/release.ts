// SPDX-License-Identifier: Apache-2.0
// `footbridge release ID`: end a hold of a running bridge by hand. Without an id: list them.
import type { Command } from 'commander';
import { outputOption, serverOption, tokenOption } from './bridge-options.ts';
import { type BridgeFlags, tellChange } from './change-bridge.ts';
import type { CommandContext } from './command-context.ts';
import { type BridgeList, type ListFlags, printBridgeList } from './list-of-bridge.ts';

const EPILOGUE = `
A hold keeps what a registry suddenly lists no longer, until a later read confirms that it is gone. Released, what is still
missing is removed after the debounce (5 s), like anything else that is gone; while the registry cannot be read it stays. The
bridge must have a token (\`admin.tokenFile\`), and each replica has its own holds: release them at each.

Examples:
  footbridge release                                 what the bridge on this machine holds
  footbridge release east-many-gone-20261126T120000000Z --token-file /etc/footbridge/admin/token

Exit codes: 0 released, or listed and nothing is held; 3 listed, and something is held; 1 there is no such hold, or the bridge
cannot be asked or refuses; 2 wrong usage.`;

type ReleaseFlags = BridgeFlags & ListFlags;

const HOLDS: BridgeList = { path: 'debug/holds', what: 'holds', nothing: 'Nothing is held.' };

export function addRelease(program: Command, context: CommandContext): void {
  program
    .command('release')
    .description('End a hold by hand, or list what is held.')
    .argument('[hold]', 'name of the hold, as the list gives it')
    .addOption(serverOption())
    .addOption(tokenOption())
    .addOption(outputOption('how to print the list'))
    .addHelpText('after', EPILOGUE)
    .action((hold: string | undefined, flags: ReleaseFlags) =>
      hold === undefined ? printBridgeList(context, flags, HOLDS) : release(context, hold, flags),
    );
}

async function release(context: CommandContext, hold: string, flags: ReleaseFlags): Promise<void> {
  const path = `debug/holds/${encodeURIComponent(hold)}/release`;
  await tellChange(context, flags, path, { method: 'POST' });
}
