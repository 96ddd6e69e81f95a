// SPDX-License-Identifier: Apache-2.0
// The same explanation of a saved answer of a registry, without a network: what would become of it under a configuration.
import type { Explanation } from '../../admin/explanation.ts';
import type { Config } from '../../config/config.ts';
import type { Dump } from '../../registry/dump.ts';
import { OUTSIDE_UNKNOWN } from '../../registry/outside.ts';
import { convertDump, type DumpConversion } from '../convert-dump.ts';
import { explain } from './explain.ts';

export type DumpExplanation =
  | { readonly kind: 'explained'; readonly explanations: readonly Explanation[] }
  | Exclude<DumpConversion, { readonly kind: 'converted' }>;

/** `registryName` as for `convertDump`. */
export function explainDump(
  asked: string,
  config: Config,
  dump: Dump,
  registryName: string | undefined,
): DumpExplanation {
  const conversion = convertDump(config, dump, registryName);
  if (conversion.kind !== 'converted') return conversion;
  const { turn, registry, outside } = conversion;
  const explanations = [
    ...explain(asked, {
      config,
      nowMs: 0,
      slices: turn.slices,
      outside: (name) => (name === registry ? outside : OUTSIDE_UNKNOWN),
      turn,
      served: undefined,
    }),
  ];
  return { kind: 'explained', explanations };
}
