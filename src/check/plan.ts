// SPDX-License-Identifier: Apache-2.0
// Which checks there are to run, in order of dependence: the configuration, the files that registries are read with, each
// registry, what would be published, this machine; then, where they are named, a running bridge and an istiod.
import type { Config } from '../config/config.ts';
import type { LoadResult } from '../config/load.ts';
import { configProblemSentence } from '../config/problem.ts';
import { hostPortText } from '../lib/host-port.ts';
import { accessListChecks } from './access-list.ts';
import { type Category, check, failed, passed } from './check.ts';
import { type EntrySeen, entriesMade } from './entry-seen.ts';
import { istiodChecks } from './istiod/istiod.ts';
import { meshConfigChecks } from './mesh-config.ts';
import { operatingChecks } from './operating.ts';
import { portChecks } from './ports.ts';
import { type PublishingChecks, publishingChecks } from './publishing.ts';
import type { ReadDeps } from './read-once.ts';
import { registryChecks } from './registry.ts';
import type { NamedServer } from './replicas.ts';
import { serverChecks } from './server.ts';
import { servingChecks, tlsChecks } from './tls-files.ts';

export interface CheckWish {
  /** A running bridge, or several behind one name. */
  readonly server: NamedServer | undefined;
  /** The debug pages of an istiod. */
  readonly istiod: URL | undefined;
  /** A file with the mesh config of an istiod. */
  readonly meshConfig?: string | undefined;
}

/** Of a configuration that is wrong nothing else can be checked. */
export function planChecks(result: LoadResult, wish: CheckWish, deps: ReadDeps): readonly Category[] {
  const configuration = configurationCheck(result);
  return result.kind === 'ok' ? [configuration, ...planWith(result.config, wish, deps)] : [configuration];
}

function configurationCheck(result: LoadResult): Category {
  const valid = check('config-valid', () => {
    if (result.kind === 'invalid')
      return failed(...result.problems.map((problem) => `${problem.code}: ${configProblemSentence(problem)}`));
    const { namespace, instance, registries } = result.config;
    return passed(`namespace ${namespace}, instance ${instance}, registries ${Object.keys(registries).join(', ')}`);
  });
  return { title: 'configuration', checks: [valid] };
}

function planWith(config: Config, wish: CheckWish, deps: ReadDeps): readonly Category[] {
  const parts = Object.entries(config.registries).map(([name, options]) => {
    const files = tlsChecks(name, options, deps.clock);
    return { name, files, registry: registryChecks(name, options, files?.checks ?? [], deps) };
  });
  const slices = parts.map(({ registry }) => registry.slice);
  const publishing = publishingChecks(config, slices, deps.clock);
  const unread = async () => {
    const read = await Promise.all(slices.map((slice) => slice()));
    return parts.filter((_part, place) => read[place] === undefined).map(({ name }) => name);
  };
  const server = wish.server === undefined ? undefined : serverChecks(wish.server, { identity: config, unread }, deps);
  const expected = {
    entries: server?.entries ?? (() => published(publishing)),
    needs: server?.needs ?? [],
    server: wish.server === undefined ? undefined : hostPortText(wish.server.named),
  };
  return [
    ...parts.flatMap(({ files, registry }) => [...(files === undefined ? [] : [files]), registry.category]),
    publishing.category,
    ...servingCategories(config, deps),
    portChecks(config, server !== undefined, deps),
    ...(server?.categories ?? []),
    ...(wish.meshConfig === undefined ? [] : [meshConfigChecks(wish.meshConfig, wish.server?.named)]),
    ...(wish.istiod === undefined ? [] : [istiodChecks(wish.istiod, expected, config, deps)]),
  ];
}

function servingCategories(config: Config, { clock }: ReadDeps): readonly Category[] {
  const { accessListFile } = config.serve;
  const files = servingChecks(config, clock);
  const operating = operatingChecks(config, clock);
  return [
    ...(files === undefined ? [] : [files]),
    ...(accessListFile === undefined ? [] : [accessListChecks(accessListFile)]),
    ...(operating === undefined ? [] : [operating]),
  ];
}

async function published({ whole }: PublishingChecks): Promise<readonly EntrySeen[] | undefined> {
  const turn = await whole();
  return turn === undefined ? undefined : entriesMade(turn);
}
