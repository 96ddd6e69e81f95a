// SPDX-License-Identifier: Apache-2.0
// `footbridge mesh-config`: the list of config sources for a fleet of bridges, and what is wrong with one that is there. With --live
// every bridge of it is read as istiod would; nothing is written anywhere.
import { type Command, Option } from 'commander';
import { type BridgesReading, readBridgeFile, readBridgeWords } from '../fleet/bridge-list.ts';
import { judgeFleet } from '../fleet/judge-fleet.ts';
import { judgeSourceList } from '../fleet/judge-sources.ts';
import { readMeshConfig } from '../fleet/mesh-config.ts';
import { LIST_FORMATS, type ListFormat, type ListTls, printSources } from '../fleet/print-sources.ts';
import { readFleet } from '../fleet/read-fleet.ts';
import { systemClock } from '../lib/clock.ts';
import { distinctBy } from '../lib/distinct-by.ts';
import { hostPortText } from '../lib/host-port.ts';
import { readInput } from '../lib/read-text.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT } from './exit-codes.ts';
import { keepingAlive } from './keeping-alive.ts';
import { fleetLines, type ListReport, meshConfigJson, reportFails, reportLines } from './mesh-config-report.ts';
import { giveShares } from './virtual-ip-shares.ts';

const EPILOGUE = `
A bridge is named by its namespace (release footbridge), by namespace/release, or by host:port. With --from they are read from a file,
or from standard input: such names in lines, or what kubectl and Helm print as JSON; Services come by age, so that a new one is last.

--check takes a mesh config, the ConfigMap istio as kubectl prints it, Helm values of istiod or an IstioOperator. --live reads every
bridge of that list as istiod would, from a place where its address can be reached. Codes: docs/fleet.md.

Examples:
  footbridge mesh-config payments billing/shop                            two bridges, as istiod's mesh config takes them
  footbridge mesh-config payments --format helm --ca ca.pem               over TLS, for the Helm values of istiod
  helm list -A -o json | footbridge mesh-config --from -                  all that are installed
  kubectl -n istio-system get cm istio -oyaml | footbridge mesh-config --check -
                                                                          what is wrong with the list that is there
  footbridge mesh-config payments billing --virtual-ips 241.0.0.0/8       virtual IPs of its own for each
  footbridge mesh-config --check mesh.yaml --live                         and what the bridges of it claim twice

Exit codes: 0 printed, or nothing found, warnings allowed; 1 a file cannot be read; 2 wrong usage;
3 with --check: a failure found; with --virtual-ips: parts that are kept overlap.`;

interface MeshConfigFlags {
  readonly from?: string;
  readonly format?: ListFormat;
  readonly ca?: string;
  readonly caSecret?: string;
  readonly san?: readonly string[];
  readonly virtualIps?: string;
  readonly check?: string;
  readonly live?: true;
  readonly output?: 'text' | 'json';
}

export function addMeshConfig(program: Command, context: CommandContext): void {
  program
    .command('mesh-config')
    .description("Print istiod's list of config sources for many bridges, or judge the one that is there.")
    .argument('[bridges...]', 'namespace, namespace/release or host:port')
    .option('--from <file>', 'read the bridges from a file; - reads standard input')
    .addOption(new Option('-f, --format <format>', 'for what to print the list (default: mesh)').choices(LIST_FORMATS))
    .option('--ca <file>', 'TLS: the PEM file of the CA that istiod verifies the bridges with')
    .option('--ca-secret <name>', 'TLS: a Secret beside istiod that holds the CA instead')
    .option('--san <name>', 'TLS: a DNS name of the certificates, may be given again (default: the host)', oneMore)
    .option('--virtual-ips <range>', 'print a part of this range for each bridge instead; NAME=RANGE keeps its part')
    .option('--check <file>', 'judge the list of this file instead; - reads standard input')
    .option('--live', 'with --check: also read every bridge as istiod would')
    .addOption(
      new Option('-o, --output <format>', 'with --check: what to print (default: text)').choices(['text', 'json']),
    )
    .addHelpText('after', EPILOGUE)
    .action((words: readonly string[], flags: MeshConfigFlags) => {
      const misuse = misuseOf(words, flags);
      if (misuse !== undefined) return end(context, EXIT.usage, misuse);
      return flags.check === undefined ? print(context, words, flags) : judge(context, flags.check, flags);
    });
}

/** A sentence; undefined: the flags go together. */
function misuseOf(words: readonly string[], flags: MeshConfigFlags): string | undefined {
  const { from, format, ca, caSecret, san, virtualIps, check, live, output } = flags;
  if (check !== undefined) {
    const printing = [words[0], from, format, ca, caSecret, san, virtualIps];
    return printing.some((given) => given !== undefined)
      ? 'With --check nothing is printed for bridges: leave them and the flags for printing away.'
      : undefined;
  }
  if (live !== undefined || output !== undefined) return '--live and --output are of use with --check alone.';
  if (words.length === 0 && from === undefined) return 'Name at least one bridge, or give --from.';
  if (virtualIps !== undefined && [format, ca, caSecret, san].some((given) => given !== undefined))
    return '--virtual-ips prints ranges: leave the flags for the list away.';
  if (ca !== undefined && caSecret !== undefined) return 'Give one of --ca and --ca-secret.';
  if (san !== undefined && ca === undefined && caSecret === undefined)
    return 'istiod looks at the names of a certificate only where a CA is given: add --ca or --ca-secret.';
  return undefined;
}

async function print(context: CommandContext, words: readonly string[], flags: MeshConfigFlags): Promise<void> {
  let listed: BridgesReading = { kind: 'bridges', bridges: [] };
  if (flags.from !== undefined) {
    const text = await inputText(context, flags.from);
    if (text === undefined) return;
    listed = readBridgeFile(text);
    if (listed.kind === 'unreadable') return end(context, EXIT.failed, `${shown(flags.from)}: ${listed.why}`);
  }
  if (flags.virtualIps !== undefined)
    return giveShares(context, flags.virtualIps, words, listed.bridges.map(hostPortText));
  const named = readBridgeWords(words);
  if (named.kind === 'unreadable') return end(context, EXIT.usage, named.why);
  const tls = await tlsOf(context, flags);
  if (tls === 'unreadable') return;
  const both = [...named.bridges, ...listed.bridges];
  const distinct = distinctBy(both, hostPortText);
  if (distinct.length === 0) return end(context, EXIT.failed, `${shown(flags.from ?? '-')}: It names no bridge.`);
  context.output.data(printSources(distinct, flags.format ?? 'mesh', tls));
}

async function tlsOf(context: CommandContext, flags: MeshConfigFlags): Promise<ListTls | undefined | 'unreadable'> {
  const { ca, caSecret, san: subjectAltNames = [] } = flags;
  if (caSecret !== undefined) return { ca: { kind: 'secret', name: caSecret }, subjectAltNames };
  if (ca === undefined) return undefined;
  const text = await inputText(context, ca);
  if (text === undefined) return 'unreadable';
  // Nothing else of the file: a private key beside it would end in a ConfigMap that everybody may read.
  const blocks = text.match(CERTIFICATE);
  if (blocks !== null) return { ca: { kind: 'text', pem: blocks.join('\n') }, subjectAltNames };
  end(context, EXIT.failed, `${ca} holds no certificate in PEM form (\`-----BEGIN CERTIFICATE-----\`).`);
  return 'unreadable';
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

async function judge(context: CommandContext, path: string, flags: MeshConfigFlags): Promise<void> {
  const { output, paint, exit } = context;
  const text = await inputText(context, path);
  if (text === undefined) return;
  const reading = readMeshConfig(text);
  if (reading.kind === 'unreadable') return end(context, EXIT.failed, `${shown(path)}: ${reading.why}`);
  const { sources } = reading;
  const deps = { clock: systemClock, random: Math.random };
  const members = flags.live === undefined ? undefined : await keepingAlive(() => readFleet(sources, deps));
  const findings = [...judgeSourceList(sources), ...(members === undefined ? [] : judgeFleet(members))];
  const report: ListReport = { sources, findings, members };
  if (flags.output === 'json') output.data(meshConfigJson(report));
  else for (const line of [...fleetLines(report), ...reportLines(report, paint)]) output.data(line);
  if (reportFails(report)) exit(EXIT.found);
}

/** undefined: told, and the exit code is set. */
async function inputText(context: CommandContext, path: string): Promise<string | undefined> {
  const reading = await readInput(path);
  if (reading.kind === 'text') return reading.text;
  end(context, EXIT.failed, reading.message);
  return undefined;
}

function shown(path: string): string {
  return path === '-' ? 'standard input' : path;
}

function end({ output, exit }: CommandContext, code: typeof EXIT.failed | typeof EXIT.usage, sentence: string): void {
  output.talk(sentence);
  exit(code);
}

function oneMore(name: string, former: readonly string[] = []): readonly string[] {
  return [...former, name];
}
