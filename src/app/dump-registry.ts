// SPDX-License-Identifier: Apache-2.0
// One configured registry, read once and saved as a dump, and what the dump holds: told from the dump itself, by reading it as
// `footbridge convert` will.
import type { Config, RegistryConfig } from '../config/config.ts';
import { type Capture, identifyDump, printDump } from '../registry/dump.ts';
import type { RegistryContext } from '../registry/kind.ts';
import type { Slice } from '../registry/registry.ts';
import { configuredRegistry } from '../registry/table.ts';
import { dumpSlices } from './dump-slices.ts';

export interface DumpWish {
  /** undefined: the only one that is configured. */
  readonly registry: string | undefined;
  /** Also what is outside the scope. */
  readonly whole: boolean;
}

export type RegistryDump =
  | {
      readonly kind: 'dumped';
      readonly registry: string;
      readonly text: string;
      readonly services: number;
      readonly instances: number;
      /** What was found while decoding. */
      readonly problems: number;
      readonly masked: readonly string[];
      readonly unread: readonly string[];
    }
  /** Nothing was read. `message` is a sentence. */
  | { readonly kind: 'not-chosen'; readonly message: string }
  /** `code` is that of a ReadError. */
  | { readonly kind: 'failed'; readonly registry: string; readonly code: string; readonly message: string };

const EVERYTHING: RegistryConfig['scope'] = { include: [], exclude: [] };

/** Never rejects because of a registry. */
export async function dumpRegistry(config: Config, wish: DumpWish, context: RegistryContext): Promise<RegistryDump> {
  const chosen = chooseRegistry(config, wish.registry);
  if (typeof chosen === 'string') return { kind: 'not-chosen', message: chosen };
  const [registry, configured] = chosen;
  const options = wish.whole ? { ...configured, scope: EVERYTHING } : configured;
  const capture = await configuredRegistry(registry, options).capture(options.scope, context);
  if (capture.kind === 'failed') return { ...capture, registry };
  return describe(registry, options, capture, context.clock.now());
}

function chooseRegistry(
  { registries }: Config,
  wanted: string | undefined,
): readonly [string, RegistryConfig] | string {
  const all = Object.entries(registries);
  const names = all.map(([name]) => name).join(', ');
  const [only, ...others] = all;
  const match = wanted === undefined ? only : all.find(([name]) => name === wanted);
  if (match === undefined) return `The configuration has no registry \`${wanted ?? ''}\`; it has ${names}.`;
  if (wanted === undefined && others.length > 0)
    return `Several registries are configured: name one with --registry (${names}).`;
  return match;
}

function describe(
  registry: string,
  options: RegistryConfig,
  { raw, masked, unread }: Extract<Capture, { kind: 'captured' }>,
  capturedAtMs: number,
): RegistryDump {
  const text = printDump({ kind: options.kind, registry, capturedAtMs, raw });
  const identified = identifyDump(text);
  const read = identified.kind === 'dump' ? dumpSlices(identified.dump.raw, registry, options) : identified;
  if (read.kind === 'unreadable') return { kind: 'failed', registry, code: 'DUMP_UNREADABLE', message: read.message };
  const content = read.slices.flatMap((slice) => contentOf(slice) ?? []);
  const services = content.flatMap((one) => [...one.services.values()]);
  const instances = services.reduce((sum, service) => sum + service.instances.length, 0);
  const problems = content.reduce((sum, one) => sum + one.problems.length, 0);
  return { kind: 'dumped', registry, text, services: services.length, instances, problems, masked, unread };
}

function contentOf({ reading }: Slice) {
  return reading.kind === 'waiting' ? undefined : reading.content;
}
