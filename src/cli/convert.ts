// SPDX-License-Identifier: Apache-2.0
// `footbridge convert DUMP`: what would be published for a saved answer of a registry, or how that differs from what is served.
// Entries or differences to stdout, problems to stderr; nothing is connected to but what --diff names.
import { type Command, Option } from 'commander';
import { convertDump } from '../app/convert-dump.ts';
import { problemsOf } from '../app/problems.ts';
import { shownServices } from '../app/shown-services.ts';
import type { Turn } from '../app/turn.ts';
import type { Config } from '../config/config.ts';
import type { Entry } from '../convert/entry.ts';
import { toManifest, toYaml } from '../convert/to-yaml.ts';
import { compareTexts } from '../lib/compare-texts.ts';
import { counted } from '../lib/counted.ts';
import { objectOf, textOf } from '../lib/json-value.ts';
import { manifestText } from '../lib/plain.ts';
import { printable } from '../lib/printable.ts';
import { problemSentence, problemSubject } from '../model/problem.ts';
import type { CommandContext } from './command-context.ts';
import { type DiffPlace, manifestsOf, parseDiffPlace, readFormer } from './diff-against.ts';
import { diffJson, diffLines, diffSummary } from './diff-report.ts';
import { readDumpInput } from './dump-input.ts';
import { EXIT } from './exit-codes.ts';
import { keepingAlive } from './keeping-alive.ts';
import { type Difference, diffManifests, type Manifests } from './manifest-diff.ts';

const EPILOGUE = `
To save what a registry says: footbridge dump. Of Eureka, curl can do it too; without the header it answers in XML:
  curl -H 'Accept: application/json' http://eureka-1:8761/eureka/apps > apps.json

With --diff it is a plan: + would be added to what is there, ~ changed, - removed. Of what a bridge serves only the entries of the
dump's registry are compared. xds:// asks as istiod does and tells what istiod would be told; http:// asks an admin port.

Examples:
  footbridge convert -c footbridge.yaml dump.json                         as kubectl takes it
  footbridge convert -c footbridge.yaml dump.json --format json           as one Kubernetes List
  footbridge convert --namespace shop --instance main apps.json           without a configuration file
  footbridge convert -c new.yaml dump.json --diff xds://127.0.0.1:9902    what new.yaml would change for istiod
  footbridge convert -c footbridge.yaml now.json --diff before.json       what happened between two dumps

Exit codes: 0 converted, or no difference; 1 the dump or the other side cannot be read, or a service is refused (with --diff too);
2 wrong usage or configuration; 3 with --diff: something differs.`;

interface ConvertFlags {
  readonly config?: string;
  readonly registry?: string;
  readonly diff?: DiffPlace;
  readonly format: 'kubectl' | 'json';
}

export function addConvert(program: Command, context: CommandContext): void {
  program
    .command('convert')
    .description('Convert a saved answer of a registry into ServiceEntries, without a network.')
    .argument('<dump>', 'a dump, a saved JSON answer of /eureka/apps or a registry file; - reads standard input')
    .option('-c, --config <file>', 'configuration file; without it give --namespace and --instance')
    .option('-r, --registry <name>', 'the configured registry that the dump is from, where several could be meant')
    .option(
      '-d, --diff <place>',
      'print what would change: xds://HOST:PORT, the URL of an admin port, or a former dump',
      parseDiffPlace,
    )
    .addOption(
      new Option('-f, --format <format>', 'what to print: YAML documents or one JSON list; with --diff text or JSON')
        .choices(['kubectl', 'json'])
        .default('kubectl'),
    )
    .addHelpText('after', EPILOGUE)
    .action((path: string, options: ConvertFlags) => convert(context, path, options));
}

async function convert(context: CommandContext, path: string, options: ConvertFlags): Promise<void> {
  const { output, exit } = context;
  const { diff, format, registry } = options;
  if (path === '-' && diff?.kind === 'dump' && diff.path === '-') {
    output.talk('Only one of both dumps can be read from standard input.');
    return exit(EXIT.usage);
  }
  const input = await readDumpInput(context, path, options.config);
  if (input === undefined) return;
  const { config } = input;
  const conversion = convertDump(config, input.dump, registry);
  if (conversion.kind !== 'converted') {
    output.talk(conversion.message);
    return exit(conversion.kind === 'not-chosen' ? EXIT.usage : EXIT.failed);
  }
  const { turn } = conversion;
  const entries = turn.converted.flatMap(({ entry }) => entry ?? []);
  const isWhole = !shownServices(turn).some(({ outcome }) => outcome === 'refused');
  if (diff === undefined) {
    printEntries(context, entries, format);
    tellProblems(context, turn, entries);
    if (!isWhole) exit(EXIT.failed);
    return;
  }
  tellProblems(context, turn, entries);
  const former = await keepingAlive(() => readFormer(context, diff, config, registry));
  if (former === undefined) return;
  // Of two dumps of one registry both tell the same part.
  const partialHosts = diff.kind === 'dump' ? new Set<string>() : conversion.partialHosts;
  const comparison = compare(former, entries, { prefix: prefixOf(config, conversion.registry), partialHosts });
  printDifferences(context, comparison, format);
  if (!isWhole) exit(EXIT.failed);
  else if (comparison.differences.length > 0) exit(EXIT.found);
}

function printEntries({ output }: CommandContext, entries: readonly Entry[], format: ConvertFlags['format']): void {
  const text = format === 'json' ? [...manifestText(entries.map(toManifest), 'json')].join('') : toYaml(entries);
  if (text.trimEnd() !== '') output.data(text.trimEnd());
}

/** What the names of all entries of a registry begin with. */
function prefixOf({ namespace, instance }: Config, registry: string): string {
  return `${namespace}/${instance}.${registry}.`;
}

interface Comparison {
  readonly differences: readonly Difference[];
  /** Entries of other registries and other bridges that the place holds too. */
  readonly others: number;
  /** Hosts of entries that one registry's dump cannot tell the whole of. */
  readonly partial: readonly string[];
}

function compare(
  there: Manifests,
  entries: readonly Entry[],
  { prefix, partialHosts }: { readonly prefix: string; readonly partialHosts: ReadonlySet<string> },
): Comparison {
  const isPartial = (manifest: object) => partialHosts.has(hostOf(manifest));
  const whole = (manifests: Manifests) => new Map([...manifests].filter(([, manifest]) => !isPartial(manifest)));
  const next = manifestsOf(entries);
  const comparable = whole(next);
  const former = new Map([...whole(there)].filter(([name]) => name.startsWith(prefix) || comparable.has(name)));
  const partial = new Set([...there.values(), ...next.values()].filter(isPartial).map(hostOf));
  return {
    differences: diffManifests(former, comparable),
    others: whole(there).size - former.size,
    partial: [...partial].sort(compareTexts),
  };
}

function hostOf(manifest: object): string {
  const hosts = objectOf(objectOf(manifest)?.['spec'])?.['hosts'];
  return (Array.isArray(hosts) ? textOf(hosts[0]) : undefined) ?? '';
}

function printDifferences(
  { output, paint }: CommandContext,
  compared: Comparison,
  format: ConvertFlags['format'],
): void {
  const { differences, others, partial } = compared;
  if (format === 'json') output.data(diffJson(differences));
  else for (const line of diffLines(differences, paint)) output.data(line);
  if (others > 0) output.talk(`${counted(others, 'entry', 'entries')} of other registries or bridges not compared`);
  for (const host of partial) output.talk(`${printable(host)} not compared: it joins services of other registries too`);
  output.talk(diffSummary(differences));
}

function tellProblems({ output }: CommandContext, turn: Turn, entries: readonly Entry[]): void {
  const problems = problemsOf(turn);
  for (const found of problems) {
    output.talk(`${found.code} ${problemSubject(found)}: ${problemSentence(found)}`);
  }
  output.talk(`${counted(entries.length, 'entry', 'entries')}, ${counted(problems.length, 'problem')}`);
}
