// SPDX-License-Identifier: Apache-2.0
// `footbridge check`: every precondition as a sentence, from the configuration to the istiod that should hold the entries. It
// changes nothing anywhere: registries are read, a bridge is asked as istiod asks, debug pages are looked at.
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Check, checkSentence } from '../check/check.ts';
import { planChecks } from '../check/plan.ts';
import { findReplicas } from '../check/replicas.ts';
import { type CheckEvents, runChecks } from '../check/run-checks.ts';
import { systemClock } from '../lib/clock.ts';
import { type HostPort, parseHostPort } from '../lib/host-port.ts';
import { printable } from '../lib/printable.ts';
import { checkedLines, checkJson, hasFailed, summaryLine, titleLines } from './check-report.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT } from './exit-codes.ts';
import { keepingAlive } from './keeping-alive.ts';
import { load } from './load-config.ts';
import { pageUrl } from './page-url.ts';
import { addTlsFlags, readTlsFlags, type TlsFlags } from './tls-flags.ts';

const EPILOGUE = `
Checks run in order of dependence; what depends on a failed one is skipped. Signs: √ holds, ‼ warning, × failed, - skipped. Every
check has a place in docs/checks.md: what it looks at, what it means when it fails, what to do.

Examples:
  footbridge check -c footbridge.yaml                            before the first start
  footbridge check -c footbridge.yaml --server 10.0.0.7:9902     a running bridge too
  footbridge check -c footbridge.yaml --server 10.0.0.7:9902 --istiod http://127.0.0.1:15014
                                                                 and what istiod holds of it

A bridge that speaks TLS is asked with --ca, as istiod asks in mode SIMPLE; one of mode mtls wants --cert and --key besides.

Exit codes: 0 all is well, warnings allowed; 3 a check failed; 2 wrong usage, or a configuration that is not valid.`;

interface CheckFlags extends TlsFlags {
  readonly config?: string;
  readonly server?: HostPort;
  readonly istiod?: URL;
  readonly meshConfig?: string;
  readonly output: 'text' | 'json';
}

export function addCheck(program: Command, context: CommandContext): void {
  const command = program
    .command('check')
    .description('Look at everything that a bridge needs, and say what to do where something is missing.')
    .option('-c, --config <file>', 'configuration file (YAML or JSON)')
    .option('-s, --server <host:port>', 'also a running bridge, asked as istiod asks', serverAddress)
    .option('-i, --istiod <url>', 'also an istiod, by its debug pages: http://127.0.0.1:15014', istiodUrl)
    .option('-m, --mesh-config <file>', 'also the list of config sources in a mesh config, or the ConfigMap istio');
  addTlsFlags(command)
    .addOption(new Option('-o, --output <format>', 'what to print').choices(['text', 'json']).default('text'))
    .addHelpText('after', EPILOGUE)
    .action((flags: CheckFlags) => runCheck(context, flags));
}

async function runCheck(context: CommandContext, flags: CheckFlags): Promise<void> {
  const spoken = await readTlsFlags(context, flags);
  if (spoken.kind === 'unusable') return;
  const tls = spoken.kind === 'tls' ? spoken.tls : undefined;
  const { result } = await load(context, flags.config);
  const deps = { clock: systemClock, random: Math.random };
  const done = await keepingAlive(async () => {
    const server = flags.server === undefined ? undefined : { ...(await findReplicas(flags.server, deps.clock)), tls };
    const categories = planChecks(result, { server, istiod: flags.istiod, meshConfig: flags.meshConfig }, deps);
    return runChecks(categories, eventsFor(context, flags.output));
  });
  context.output.data(flags.output === 'json' ? checkJson(done) : `\n${summaryLine(done, context.paint)}`);
  if (hasFailed(done)) context.exit(result.kind === 'ok' ? EXIT.found : EXIT.usage);
}

/** Line by line as it goes: some checks take their time. */
function eventsFor({ output, paint }: CommandContext, format: CheckFlags['output']): CheckEvents {
  const onBegin = (check: Check) => output.progress?.(`… ${printable(checkSentence(check))}`);
  if (format === 'json') return { onCategory() {}, onBegin, onEnd() {} };
  let isFirst = true;
  return {
    onCategory(title) {
      if (!isFirst) output.data('');
      isFirst = false;
      for (const line of titleLines(title)) output.data(line);
    },
    onBegin,
    onEnd(checked) {
      for (const line of checkedLines(checked, paint)) output.data(line);
    },
  };
}

function serverAddress(text: string): HostPort {
  const address = parseHostPort(text);
  if (address === undefined) throw new InvalidArgumentError('It must be HOST:PORT, for example 127.0.0.1:9902.');
  return address;
}

function istiodUrl(text: string): URL {
  return pageUrl(text, 'http://127.0.0.1:15014');
}
