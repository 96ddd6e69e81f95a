// SPDX-License-Identifier: Apache-2.0
// A change asked of a running bridge's admin port, with the token out of a file. Whatever goes wrong is told in one sentence.
import { systemClock } from '../lib/clock.ts';
import { type HttpChange, type HttpLimits, httpChange } from '../lib/http-ask.ts';
import { printable } from '../lib/printable.ts';
import { UnusableFile } from '../lib/secret-files.ts';
import { tokenFrom } from '../lib/token-file.ts';
import { noBridge, pageOf } from './ask-bridge.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT } from './exit-codes.ts';
import { keepingAlive } from './keeping-alive.ts';

const LIMITS: HttpLimits = { deadlineMs: 10_000, mostBytes: 64 * 1024 };
export const LONGEST_SENTENCE = 500;

export interface BridgeFlags {
  readonly server: URL;
  readonly tokenFile?: string;
}

/** `path` is relative to the server. What it answered; undefined: it refused or could not be asked, which was told, and the exit code is set. */
export async function changeBridge(
  { output, exit }: CommandContext,
  { server, tokenFile }: BridgeFlags,
  path: string,
  change: Omit<HttpChange, 'token'>,
): Promise<string | undefined> {
  const fail = (code: (typeof EXIT)['usage' | 'failed'], sentence: string): undefined => {
    output.talk(sentence);
    exit(code);
  };
  if (tokenFile === undefined) {
    const what = 'the file that holds the token of the bridge (`admin.tokenFile` there)';
    return fail(EXIT.usage, `--token-file is missing: ${what}.`);
  }
  const token = await tokenFrom(tokenFile).catch((error: unknown) => {
    if (!(error instanceof UnusableFile)) throw error;
    return error;
  });
  if (typeof token !== 'string') return fail(EXIT.usage, `${token.message}.`);
  const url = pageOf(server, path);
  const answer = await keepingAlive(() => httpChange(url, { ...change, token }, LIMITS, systemClock));
  if (answer.kind === 'answered') {
    if (answer.status === 200) return answer.text;
    const why = printable(answer.text.trim(), LONGEST_SENTENCE);
    return fail(EXIT.failed, `${server.origin} answered ${answer.status}: ${why}`);
  }
  const why = answer.kind === 'silent' ? `no answer within ${LIMITS.deadlineMs / 1000} s` : answer.code;
  return fail(EXIT.failed, noBridge(server.origin, why));
}

/** The same, and tells what it answered. */
export async function tellChange(...asked: Parameters<typeof changeBridge>): Promise<void> {
  const [{ output }, { server }] = asked;
  const answer = await changeBridge(...asked);
  if (answer === undefined) return;
  output.talk(`${server.origin} answered 200: ${printable(answer.trim(), LONGEST_SENTENCE)}`);
}
