// The tree of a golden dump, put into a real ZooKeeper as it was before it was dumped: with a secret wherever the dump has `***`,
// and unreadable where the dump says so.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { RecordedTree } from '../../../src/registry/zookeeper/tree/tree-dump.ts';
import { CASES, goldenCaseNames } from '../../golden/golden-case.ts';
import { type BridgeConfig, bridgeConfig, dubboRegistry } from './bridge.ts';
import type { ZooKeeperWriter } from './zookeeper-writer.ts';

export const PLANTED_SECRET = 'PLANTED';

export interface GoldenDump {
  readonly kind: string;
  readonly registry: string;
  readonly raw: RecordedTree;
}

/** A case whose registries all live in ZooKeeper. */
export interface GoldenTrees {
  readonly name: string;
  readonly config: BridgeConfig & { readonly registries: Readonly<Record<string, BridgeConfig>> };
  readonly dumps: readonly GoldenDump[];
  /** The entries that it promises, as YAML. */
  readonly expected: string;
}

export function goldenTrees(): readonly GoldenTrees[] {
  return goldenCaseNames().flatMap((name) => {
    const path = (file: string): string => join(CASES, name, file);
    if (!existsSync(path('config.yaml'))) return [];
    const config = parse(readFileSync(path('config.yaml'), 'utf8')) as GoldenTrees['config'];
    if (Object.values(config.registries).some(({ servers }) => servers === undefined)) return [];
    const files = Object.keys(config.registries).map((registry) => path(`${registry}.json`));
    const dumps = (files.every(existsSync) ? files : [path('dump.json')]).map(
      (file) => JSON.parse(readFileSync(file, 'utf8')) as GoldenDump,
    );
    return [{ name, config, dumps, expected: readFileSync(path('expected.yaml'), 'utf8') }];
  });
}

/** The configuration of a bridge that reads the planted case: its own, but for the place of the servers, the times and the gate of tests. */
export function goldenConfig(golden: GoldenTrees, server: string): BridgeConfig {
  const place = dubboRegistry([server], { chroot: chrootOf(golden) });
  const registries = Object.entries(golden.config.registries).map(([name, config]) => [
    name,
    { ...place, ...config, servers: place['servers'] },
  ]);
  const admit = { addressSuffixes: ['.example', '.svc'] };
  return { ...bridgeConfig([]), admit, ...golden.config, registries: Object.fromEntries(registries) };
}

/** Cases stand beside each other in one ZooKeeper. */
function chrootOf({ name }: GoldenTrees): string {
  return `/${name}`;
}

/** `writer` needs credentials where a path is to be unreadable. */
export async function plantTree(writer: ZooKeeperWriter, golden: GoldenTrees, tree: RecordedTree): Promise<void> {
  const chroot = chrootOf(golden);
  for (const [path, { children = [], data = '' }] of Object.entries(tree)) {
    await writer.create(planted(`${chroot}${path}`), planted(data));
    for (const child of children) await writer.create(planted(`${chroot}${path}/${child}`));
  }
  for (const [path, { obstacle }] of Object.entries(tree))
    if (obstacle !== undefined) await writer.setReadable(planted(`${chroot}${path}`), false);
}

function planted(text: string): string {
  return text.replaceAll('***', PLANTED_SECRET);
}
