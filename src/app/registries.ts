// SPDX-License-Identifier: Apache-2.0
// Configuration → one registry that is all of them: each is read, narrowed to its scope, observed, then merged. The order
// of the decorators stands here and nowhere else.
import type { Config } from '../config/config.ts';
import type { RegistryContext } from '../registry/kind.ts';
import { OUTSIDE_UNKNOWN, type Outside } from '../registry/outside.ts';
import type { Registry } from '../registry/registry.ts';
import type { RegistrySession } from '../registry/session.ts';
import type { SliceChange } from '../registry/slice-change.ts';
import { configuredRegistry } from '../registry/table.ts';
import { mergeRegistries } from '../registry/wrap/merge.ts';
import { observeRegistry } from '../registry/wrap/observe.ts';
import { type Restorable, RestoredRegistry } from '../registry/wrap/restored.ts';
import { SelectedRegistry } from '../registry/wrap/select.ts';

export interface Registries {
  readonly all: Registry;
  /** What one of them knows of beside its slice. */
  readonly outside: (registry: string) => Outside;
  /** The session that one of them is read through; undefined for a kind that keeps none. */
  readonly session: (registry: string) => RegistrySession | undefined;
  /** Has one of them read at once, of another server where there is one. */
  readAnew(registry: string): void;
  /** What another process read of each, to be shown until it is read. */
  restore(contents: ReadonlyMap<string, Restorable>): void;
  /** Gives those registries their scope anew of which a key changed (`registries.<name>.scope...`). */
  applyScopes(config: Config, changedKeys: readonly string[]): void;
}

export function createRegistries(
  config: Config,
  context: RegistryContext,
  onSliceChange: (change: SliceChange) => void,
): Registries {
  const selected = new Map(
    Object.entries(config.registries).map(([name, options]) => {
      const registry = configuredRegistry(name, options).create(options.scope, context);
      return [name, new SelectedRegistry(registry, options.scope, context.log)];
    }),
  );
  // What is restored is no change of a registry: nobody is told of it as one.
  const restored = new Map(
    [...selected].map(([name, registry]) => [name, new RestoredRegistry(observeRegistry(registry, onSliceChange))]),
  );
  return {
    all: mergeRegistries([...restored.values()]),
    outside: (name) => selected.get(name)?.outside() ?? OUTSIDE_UNKNOWN,
    session: (name) => selected.get(name)?.session(),
    readAnew: (name) => selected.get(name)?.readAnew(),
    restore(contents) {
      for (const [name, content] of contents) {
        const options = config.registries[name];
        if (options !== undefined) restored.get(name)?.restore(content, options.scope);
      }
    },
    applyScopes(next, changedKeys) {
      for (const [name, registry] of selected) {
        const options = next.registries[name];
        const isChanged = changedKeys.some((key) => key.startsWith(`registries.${name}.scope.`));
        if (options === undefined || !isChanged) continue;
        restored.get(name)?.setRestoredScope(options.scope);
        registry.setScope(options.scope);
      }
    },
  };
}
