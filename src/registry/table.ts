// SPDX-License-Identifier: Apache-2.0
// The one place that lists the kinds of registry: a new kind is a folder, and a row and a case here. Its keys are
// listed once more in config/registry-schema.ts, which must not know implementations.
import { dubboKind } from './dubbo/dubbo-kind.ts';
import type { DubboOptions } from './dubbo/options.ts';
import type { Capture, DumpContent } from './dump.ts';
import { eurekaKind } from './eureka/eureka-registry.ts';
import type { EurekaOptions } from './eureka/options.ts';
import { fileKind } from './file/file-registry.ts';
import type { FileOptions } from './file/options.ts';
import type { RegistryContext, RegistryKind } from './kind.ts';
import type { Registry } from './registry.ts';
import type { ScopeOptions } from './scope.ts';
import type { ReadStep, RegistrySource } from './source.ts';
import type { SpringCloudZooKeeperOptions } from './spring-cloud-zookeeper/options.ts';
import { springCloudZooKeeperKind } from './spring-cloud-zookeeper/spring-cloud-zookeeper-kind.ts';

export const REGISTRY_KINDS = {
  eureka: eurekaKind,
  dubbo: dubboKind,
  'spring-cloud-zookeeper': springCloudZooKeeperKind,
  file: fileKind,
} as const;

/** What one configured registry is given, by kind. */
export type KindOptions =
  | ({ readonly kind: 'eureka' } & EurekaOptions)
  | ({ readonly kind: 'dubbo' } & DubboOptions)
  | ({ readonly kind: 'spring-cloud-zookeeper' } & SpringCloudZooKeeperOptions)
  | ({ readonly kind: 'file' } & FileOptions);

/** One configured registry, before it is made: its kind and its options. */
export interface ConfiguredRegistry {
  /** The living registry. `scope` only helps it to read less, unless it asks the scope about its records itself; who applies it is wrap/select.ts. */
  create(scope: ScopeOptions, context: RegistryContext): Registry;
  /** One read of the same registry, to be saved. */
  capture(scope: ScopeOptions, context: RegistryContext): Promise<Capture>;
  /** What was saved, read by the same decoders. */
  readDump(raw: string, scope: ScopeOptions): DumpContent;
  readonly sources: readonly RegistrySource[];
  /** The same registry, read from these of its sources alone. */
  readFrom(sources: ReadonlySet<string>): ConfiguredRegistry;
  stepOf(code: string): ReadStep;
}

export function configuredRegistry(name: string, options: KindOptions): ConfiguredRegistry {
  switch (options.kind) {
    case 'eureka':
      return configured(name, eurekaKind, options);
    case 'dubbo':
      return configured(name, dubboKind, options);
    case 'spring-cloud-zookeeper':
      return configured(name, springCloudZooKeeperKind, options);
    case 'file':
      return configured(name, fileKind, options);
  }
}

function configured<Options>(name: string, kind: RegistryKind<Options>, options: Options): ConfiguredRegistry {
  return {
    create: (scope, context) => kind.create(name, options, scope, context),
    capture: (scope, context) => kind.capture(name, options, scope, context),
    readDump: (raw, scope) => kind.readDump(raw, name, options, scope),
    sources: kind.sources(options),
    readFrom: (sources) => configured(name, kind, kind.readFrom(options, sources)),
    stepOf: kind.stepOf,
  };
}
