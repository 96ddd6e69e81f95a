// SPDX-License-Identifier: Apache-2.0
// What the entries of a dump are compared with: what a config source serves (asked as istiod asks, which is the truth), the
// snapshot page of a bridge, or a former dump under the same configuration.
import { InvalidArgumentError } from 'commander';
import { convertDump } from '../app/convert-dump.ts';
import type { Config } from '../config/config.ts';
import type { Entry } from '../convert/entry.ts';
import { toManifest } from '../convert/to-yaml.ts';
import { systemClock } from '../lib/clock.ts';
import { type HostPort, hostPortText, parseHostPort } from '../lib/host-port.ts';
import { type JsonObject, objectOf, parsedJson, textOf } from '../lib/json-value.ts';
import { readConfigSource, SERVICE_ENTRY_TYPE_URL } from '../probe/config-source.ts';
import type { ProbedResource } from '../probe/decode-resource.ts';
import { ADMIN_URL, askBridge } from './ask-bridge.ts';
import type { CommandContext } from './command-context.ts';
import { readDump } from './dump-input.ts';
import { EXIT } from './exit-codes.ts';
import type { Manifests } from './manifest-diff.ts';
import { pageUrl } from './page-url.ts';

const DEADLINE_MS = 10_000;

export type DiffPlace =
  | { readonly kind: 'source'; readonly address: HostPort }
  | { readonly kind: 'admin'; readonly url: URL }
  /** `-`: standard input. */
  | { readonly kind: 'dump'; readonly path: string };

/** A parser for an option: throws InvalidArgumentError. */
export function parseDiffPlace(text: string): DiffPlace {
  const [, scheme] = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text) ?? [];
  if (scheme === undefined) return { kind: 'dump', path: text };
  if (scheme.toLowerCase() !== 'xds') return { kind: 'admin', url: pageUrl(text, ADMIN_URL) };
  const address = parseHostPort(text);
  if (address === undefined)
    throw new InvalidArgumentError('It must be xds://HOST:PORT, for example xds://127.0.0.1:9902.');
  return { kind: 'source', address };
}

/** undefined: it cannot be had, that was told and the exit code is set. */
export async function readFormer(
  context: CommandContext,
  place: DiffPlace,
  config: Config,
  registry: string | undefined,
): Promise<Manifests | undefined> {
  switch (place.kind) {
    case 'source':
      return settle(context, await served(hostPortText(place.address)));
    case 'admin':
      return settle(context, await snapshotPage(place.url));
    case 'dump':
      return dumpManifests(context, place.path, config, registry);
  }
}

async function dumpManifests(
  context: CommandContext,
  path: string,
  config: Config,
  registry: string | undefined,
): Promise<Manifests | undefined> {
  const dump = await readDump(context, path);
  if (dump === undefined) return undefined;
  const conversion = convertDump(config, dump, registry);
  if (conversion.kind !== 'converted') return settle(context, conversion.message);
  return manifestsOf(conversion.turn.converted.flatMap(({ entry }) => entry ?? []));
}

export function manifestsOf(entries: readonly Entry[]): Manifests {
  return new Map(entries.map((entry) => [entry.name, toManifest(entry)]));
}

function settle({ output, exit }: CommandContext, read: Manifests | string): Manifests | undefined {
  if (typeof read !== 'string') return read;
  output.talk(read);
  exit(EXIT.failed);
  return undefined;
}

/** A sentence where nothing was answered. */
async function served(address: string): Promise<Manifests | string> {
  const deps = { clock: systemClock, random: Math.random };
  try {
    const answers = await readConfigSource({ address, name: 'convert' }, DEADLINE_MS, deps);
    const answer = answers.get(SERVICE_ENTRY_TYPE_URL);
    if (answer === undefined) return `${address} does not answer what was asked.`;
    const [problem] = answer.problems;
    if (problem !== undefined) return `What ${address} serves cannot be read: ${problem}.`;
    return new Map([...answer.resources].map(([name, resource]) => [name, manifestOf(resource)]));
  } catch (thrown) {
    return `Nothing can be compared: ${thrown instanceof Error ? thrown.message : String(thrown)}.`;
  }
}

/** As `toManifest` writes it. */
function manifestOf({ name, labels, annotations, spec }: ProbedResource): JsonObject {
  const slash = name.indexOf('/');
  const metadata = { name: name.slice(slash + 1), namespace: name.slice(0, slash), labels, annotations };
  return { apiVersion: 'networking.istio.io/v1', kind: 'ServiceEntry', metadata, spec };
}

async function snapshotPage(url: URL): Promise<Manifests | string> {
  const query = { type: 'ServiceEntry', format: 'json' };
  const answer = await askBridge(url, 'debug/snapshot', query, systemClock);
  if (answer.kind === 'failed') return answer.message;
  const items = objectOf(parsedJson(answer.text))?.['items'];
  if (!Array.isArray(items)) return `What ${url.origin} answers is no snapshot. Is it an admin port?`;
  return new Map(
    items.flatMap((item: unknown) => {
      const manifest = objectOf(item);
      const { name, namespace } = objectOf(manifest?.['metadata']) ?? {};
      return manifest === undefined ? [] : [[`${textOf(namespace) ?? ''}/${textOf(name) ?? ''}`, manifest] as const];
    }),
  );
}
