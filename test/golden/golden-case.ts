// A golden case: a folder with what a registry holds, a configuration, and what has to come out of them, byte for byte.
//
//   config.yaml      a configuration of the program. Without a file: CONFIG_OF_MOST.
//   what a registry holds, in any form that `footbridge convert` reads:
//     <registry>.json  of this registry: a dump, or an answer of /eureka/apps
//     dump.json        a dump, where there is one registry
//     services.yaml    a registry file; its path is that of the configuration, relative to the folder
//   seniority.yaml   optional: `<registry>/<service>: {sinceMs, presentSinceMs, present}`; every other service is cold
//   expected.yaml    the entries as Kubernetes objects
//   versions.yaml    the version of each entry, which istiod compares, and the SHA-256 of its bytes
//   problems.yaml    every problem, of decoding and of conversion
//
// A case whose name begins with `scope-` goes on through the gate, as everything does in the program; the others end before it.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { createGate, type Gate } from '../../src/admit/gate.ts';
import { dumpSlices } from '../../src/app/dump-slices.ts';
import { pipelineOptions } from '../../src/app/options.ts';
import type { RegistryConfig } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load.ts';
import { createConverter } from '../../src/convert/convert.ts';
import { encodeEntry } from '../../src/convert/encode.ts';
import type { Entry } from '../../src/convert/entry.ts';
import type { ConvertOptions } from '../../src/convert/options.ts';
import { toYaml } from '../../src/convert/to-yaml.ts';
import type { Seniority } from '../../src/guard/guarded.ts';
import type { Problem } from '../../src/model/problem.ts';
import type { Service, ServiceKey } from '../../src/model/service.ts';
import { identifyDump } from '../../src/registry/dump.ts';
import type { Content } from '../../src/registry/registry.ts';
import { allCold } from '../fakes/convert-values.ts';

export const CASES = join(import.meta.dirname, 'cases');

const CONFIG_OF_MOST = `
namespace: shop
instance: bridge
registries:
  legacy: { kind: file, path: services.yaml }
`;

const OPEN_GATE: Gate = { admit: (units) => units };

export interface GoldenCase {
  readonly name: string;
  readonly options: ConvertOptions;
  readonly gate: Gate;
  readonly services: ReadonlyMap<ServiceKey, Service>;
  readonly seniority: ReadonlyMap<ServiceKey, Seniority>;
  readonly decodeProblems: readonly Problem[];
}

export interface GoldenOutcome {
  readonly entries: readonly Entry[];
  /** Content by file name. */
  readonly files: ReadonlyMap<string, string>;
}

export function goldenCaseNames(): readonly string[] {
  return readdirSync(CASES).sort();
}

export function loadGoldenCase(name: string): GoldenCase {
  const text = readOptional(name, 'config.yaml') ?? CONFIG_OF_MOST;
  const loaded = loadConfig({ file: { path: 'config.yaml', text }, env: {}, flags: {} });
  assert.equal(loaded.kind, 'ok', `the configuration of ${name}: ${JSON.stringify(loaded)}`);
  if (loaded.kind !== 'ok') throw new Error('unreachable');
  const contents = Object.entries(loaded.config.registries).map(([registry, config]) =>
    readRegistry(name, registry, config),
  );
  const services = new Map(contents.flatMap((content) => [...content.services]));
  const decodeProblems = contents.flatMap(({ problems }) => problems);
  const { convert: options, admit } = pipelineOptions(loaded.config);
  const gate = name.startsWith('scope-') ? createGate(admit) : OPEN_GATE;
  return { name, options, gate, services, seniority: seniorityOf(name, services), decodeProblems };
}

export function runGoldenCase({ options, gate, services, seniority, decodeProblems }: GoldenCase): GoldenOutcome {
  const proposed = createConverter(options).convert({ services, seniority });
  const converted = gate.admit(proposed, (key) => seniority.get(key)?.presentSinceMs ?? Number.POSITIVE_INFINITY);
  const entries = converted.flatMap(({ entry }) => entry ?? []);
  const problems = [...decodeProblems, ...converted.flatMap((one) => one.problems)];
  const pins = Object.fromEntries(entries.map((entry) => [entry.name, pinned(entry)]));
  const files = new Map([
    ['expected.yaml', toYaml(entries)],
    ['versions.yaml', stringify(pins)],
    ['problems.yaml', stringify(problems.map(written), { lineWidth: 0 })],
  ]);
  return { entries, files };
}

function pinned(entry: Entry): Record<string, string> {
  const { version, bytes } = encodeEntry(entry);
  return { version, bytes: createHash('sha256').update(bytes).digest('hex') };
}

function readRegistry(name: string, registry: string, config: RegistryConfig): Content {
  const path = config.kind === 'file' ? config.path : '';
  const text = readOptional(name, `${registry}.json`) ?? readOptional(name, 'dump.json') ?? readOptional(name, path);
  const identified = identifyDump(text ?? '');
  if (identified.kind === 'unreadable') throw new Error(`${name}: ${identified.message}`);
  assert.equal(identified.dump.kind, config.kind, `the dump of ${name}`);
  const read = dumpSlices(identified.dump.raw, registry, config);
  if (read.kind === 'unreadable') throw new Error(`${name}: ${read.message}`);
  const [reading] = read.slices.map((slice) => slice.reading);
  if (reading?.kind !== 'live') throw new Error(`${name}: nothing was read`);
  return reading.content;
}

function seniorityOf(name: string, services: ReadonlyMap<ServiceKey, Service>): ReadonlyMap<ServiceKey, Seniority> {
  const told = Object.entries<Seniority>(parse(readOptional(name, 'seniority.yaml') ?? '{}'));
  return new Map([...allCold(services), ...told.map(([key, seniority]) => [key as ServiceKey, seniority] as const)]);
}

function readOptional(name: string, file: string): string | undefined {
  const path = join(CASES, name, file);
  return statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, 'utf8') : undefined;
}

function written({ code, registry, service, instance, value }: Problem): Record<string, string> {
  const all = { code, registry, service, instance, value };
  return Object.fromEntries(Object.entries(all).filter(([, text]) => text !== ''));
}
