// SPDX-License-Identifier: Apache-2.0
// The one place that lists the kinds of registry: a new kind is a folder, and a row and two cases here. Its keys are
// listed once more in config/registry-schema.ts, which must not know implementations.
import type { DumpContent } from './dump.ts';
import { readEurekaDump } from './eureka/dump.ts';
import { eurekaKind } from './eureka/eureka-registry.ts';
import type { EurekaOptions } from './eureka/options.ts';
import { readFileDump } from './file/dump.ts';
import { fileKind } from './file/file-registry.ts';
import type { FileOptions } from './file/options.ts';
import type { RegistryContext } from './kind.ts';
import type { Registry } from './registry.ts';
import type { ScopeOptions } from './scope.ts';

export const REGISTRY_KINDS = { eureka: eurekaKind, file: fileKind } as const;

/** What one configured registry is given, by kind. */
export type KindOptions = ({ readonly kind: 'eureka' } & EurekaOptions) | ({ readonly kind: 'file' } & FileOptions);

/** The living registry. `scope` only helps it to read less; who applies it is wrap/select.ts. */
export function createRegistry(
  name: string,
  options: KindOptions,
  scope: ScopeOptions,
  context: RegistryContext,
): Registry {
  switch (options.kind) {
    case 'eureka':
      return eurekaKind.create(name, options, scope, context);
    case 'file':
      return fileKind.create(name, options, scope, context);
  }
}

/** The same registry's saved answer, read by the same decoders. */
export function readDump(raw: string, name: string, options: KindOptions): DumpContent {
  switch (options.kind) {
    case 'eureka':
      return readEurekaDump(raw, name, options);
    case 'file':
      return readFileDump(raw, name);
  }
}
