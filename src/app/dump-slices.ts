// SPDX-License-Identifier: Apache-2.0
// A dump as the registry that it was taken from: the same decoders, the same scope, the same form of a slice.
import type { RegistryConfig } from '../config/config.ts';
import { silentLog } from '../observe/log.ts';
import type { DumpContent } from '../registry/dump.ts';
import { NOTHING_OUTSIDE, type Outside } from '../registry/outside.ts';
import type { Registry, Slice } from '../registry/registry.ts';
import { configuredRegistry } from '../registry/table.ts';
import { SelectedRegistry } from '../registry/wrap/select.ts';

export type DumpSlices =
  | { readonly kind: 'slices'; readonly slices: readonly Slice[]; readonly outside: Outside }
  /** `message` is a sentence. */
  | { readonly kind: 'unreadable'; readonly message: string };

export function dumpSlices(raw: string, name: string, options: RegistryConfig): DumpSlices {
  const { scope } = options;
  const content = configuredRegistry(name, options).readDump(raw, scope);
  if (content.kind === 'unreadable') return content;
  const selected = new SelectedRegistry(constantRegistry(name, options.kind, content), scope, silentLog);
  return { kind: 'slices', slices: selected.slices(), outside: selected.outside() };
}

function constantRegistry(
  name: string,
  kind: string,
  { services, problems, scopesRecords, outside = NOTHING_OUTSIDE }: Extract<DumpContent, { kind: 'content' }>,
): Registry {
  const matched = { services: services.size, ofServices: services.size };
  const reading = { kind: 'live', content: { services, problems, readAtMs: 0 } } as const;
  const slices: readonly Slice[] = [{ registry: name, kind, reading, scopeRevision: 0, matched }];
  const registry: Registry = {
    name,
    slices: () => slices,
    outside: () => outside,
    start() {},
    close: () => Promise.resolve(),
  };
  return scopesRecords === true ? { ...registry, scopesRecords } : registry;
}
