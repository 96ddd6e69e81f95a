// SPDX-License-Identifier: Apache-2.0
// The flags of commands that speak to a bridge as its clients do, for where it speaks TLS.
import type { Command } from 'commander';
import { readTextFile } from '../lib/read-text.ts';
import type { ProbeTls } from '../probe/channel-tls.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';

export interface TlsFlags {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

export function addTlsFlags(command: Command): Command {
  return command
    .option('--ca <file>', 'speak TLS, and verify with the CA in this PEM file, as istiod does in mode SIMPLE')
    .option('--cert <file>', 'with --ca: the client certificate to show, for a bridge of mode mtls')
    .option('--key <file>', 'with --cert: its key');
}

export type TlsReading =
  | { readonly kind: 'plaintext' }
  | { readonly kind: 'tls'; readonly tls: ProbeTls }
  /** It was told, and the exit code is set. */
  | { readonly kind: 'unusable' };

export async function readTlsFlags(context: CommandContext, { ca, cert, key }: TlsFlags): Promise<TlsReading> {
  if (ca === undefined && cert === undefined && key === undefined) return { kind: 'plaintext' };
  if (ca === undefined) return unusable(context, EXIT.usage, '--cert and --key are of use with --ca alone.');
  if ((cert === undefined) !== (key === undefined)) {
    return unusable(context, EXIT.usage, 'Give --cert and --key together.');
  }
  const texts: string[] = [];
  for (const path of cert === undefined || key === undefined ? [ca] : [ca, cert, key]) {
    const reading = await readTextFile(path);
    if (reading.kind === 'unreadable') return unusable(context, EXIT.failed, reading.message);
    texts.push(reading.text);
  }
  const [caPem = '', certPem, keyPem] = texts;
  const shown = certPem === undefined || keyPem === undefined ? undefined : { certPem, keyPem };
  return { kind: 'tls', tls: { caPem, shown } };
}

function unusable({ output, exit }: CommandContext, code: ExitCode, sentence: string): TlsReading {
  output.talk(sentence);
  exit(code);
  return { kind: 'unusable' };
}
