// SPDX-License-Identifier: Apache-2.0
// A kind of registry that lives in ZooKeeper: a session, a watched tree and the kind's projection put together, for the living
// registry, for a dump of it and for the dump read back. What tells one such kind from another is its projection and its mask.
import type { ConfigFields } from '../../lib/config-field.ts';
import type { OnMasked } from '../decoding/mask-secrets.ts';
import type { RegistryKind } from '../kind.ts';
import type { ScopeOptions } from '../scope.ts';
import type { ZooKeeperOptions } from './options.ts';
import { ZooKeeperSession } from './session/session.ts';
import { zooKeeperSources, zooKeeperStepOf } from './sources.ts';
import { captureTree } from './tree/capture-tree.ts';
import { replayTree, type TreeMask } from './tree/tree-dump.ts';
import { createTreeRegistry } from './tree/tree-registry.ts';
import { TREE_MODES } from './tree/tree-update.ts';
import type { TreeProjection } from './tree-plan.ts';

export interface TreeKindAbout<Options extends ZooKeeperOptions, Role> {
  readonly kind: string;
  readonly fields: ConfigFields;
  readonly attributes: readonly string[];
  /** It asks the scope about each record itself. */
  readonly projectionFor: (registry: string, options: Options, scope: ScopeOptions) => TreeProjection<Role>;
  readonly maskFor: (options: Options, onMasked: OnMasked) => TreeMask;
}

export function createTreeKind<Options extends ZooKeeperOptions, Role>(
  about: TreeKindAbout<Options, Role>,
): RegistryKind<Options> {
  const { kind, fields, attributes, projectionFor, maskFor } = about;
  return {
    kind,
    fields,
    modes: TREE_MODES,
    hasSession: true,
    attributes,
    assumedAddress: { key: 'servers', value: 'registry.invalid:2181' },
    create(name, options, scope, context) {
      const { auditIntervalMs } = options;
      const session = new ZooKeeperSession(options, { ...context, log: context.log.child({ registry: name }) });
      return createTreeRegistry(
        { name, kind, auditIntervalMs, scopesRecords: true },
        session,
        (wanted) => projectionFor(name, options, wanted),
        scope,
        context,
      );
    },
    capture(name, options, scope, context) {
      const session = new ZooKeeperSession(options, context);
      const plan = projectionFor(name, options, scope);
      return captureTree(session, plan, (onMasked) => maskFor(options, onMasked), context);
    },
    readDump: (raw, name, options, scope) => replayTree(raw, name, projectionFor(name, options, scope)),
    sources: zooKeeperSources,
    readFrom: (options, sources) => ({ ...options, servers: options.servers.filter((server) => sources.has(server)) }),
    stepOf: zooKeeperStepOf,
  };
}
