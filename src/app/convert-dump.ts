// SPDX-License-Identifier: Apache-2.0
// The pipeline on a saved answer of a registry, without a network: what `footbridge convert` prints is what istiod would be
// sent, because every stage is the one that serves.
import type { Config, RegistryConfig } from '../config/config.ts';
import { explicitClaims } from '../convert/claims.ts';
import { type ServiceKey, splitServiceKey } from '../model/service.ts';
import type { Dump } from '../registry/dump.ts';
import type { Outside } from '../registry/outside.ts';
import { dumpSlices } from './dump-slices.ts';
import { pipelineOptions } from './options.ts';
import { createTurnStages, type Turn } from './turn.ts';

export type DumpConversion =
  | {
      readonly kind: 'converted';
      readonly turn: Turn;
      /** The one that the dump was taken for. */
      readonly registry: string;
      readonly outside: Outside;
      /** Hosts that the configuration joins from this registry and others: of their entries a dump shows a part. */
      readonly partialHosts: ReadonlySet<string>;
    }
  /** The dump cannot be read. `message` is a sentence that says what to do, here and below. */
  | { readonly kind: 'failed'; readonly message: string }
  /** The configuration has no registry, or no single one, that it could be from. */
  | { readonly kind: 'not-chosen'; readonly message: string };

/** `registryName` undefined: the one that the dump names, else the only one of its kind in the configuration. */
export function convertDump(config: Config, dump: Dump, registryName: string | undefined): DumpConversion {
  const chosen = chooseRegistry(config, dump, registryName);
  if (typeof chosen === 'string') return { kind: 'not-chosen', message: chosen };
  const [name, options] = chosen;
  const read = dumpSlices(dump.raw, name, options);
  if (read.kind === 'unreadable') return { kind: 'failed', message: read.message };
  const stages = pipelineOptions(config);
  const turn = createTurnStages(stages).run(read.slices, 0);
  return { kind: 'converted', turn, registry: name, outside: read.outside, partialHosts: partialHosts(stages, name) };
}

function partialHosts({ convert }: ReturnType<typeof pipelineOptions>, registry: string): ReadonlySet<string> {
  const isOther = (key: ServiceKey) => splitServiceKey(key).registry !== registry;
  const joined = explicitClaims(convert).filter(({ services }) => services.some(isOther));
  return new Set(joined.map(({ tried }) => tried));
}

function chooseRegistry(
  { registries }: Config,
  dump: Dump,
  registryName: string | undefined,
): readonly [string, RegistryConfig] | string {
  const ofKind = Object.entries(registries).filter(([, options]) => options.kind === dump.kind);
  const named = registryName ?? dump.registry;
  const match = named === undefined ? undefined : ofKind.find(([name]) => name === named);
  if (match !== undefined) return match;
  if (registryName !== undefined)
    return `The configuration has no registry \`${registryName}\` of kind \`${dump.kind}\`.`;
  const [only, ...others] = ofKind;
  if (only === undefined) return `The dump is of kind \`${dump.kind}\`, and the configuration has no such registry.`;
  if (others.length > 0) return `Several registries are of kind \`${dump.kind}\`: name one with --registry.`;
  return only;
}
