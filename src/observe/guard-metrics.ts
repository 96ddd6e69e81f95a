// SPDX-License-Identifier: Apache-2.0
// The metrics of what is held back and of what is frozen; part of the table in metric-table.ts.
import { gauge, type MetricDeclaration } from './metric-declaration.ts';

const REGISTRY = { registry: 'registries' } as const;

export const GUARD_METRICS = {
  guardHolds: gauge(
    'footbridge_guard_holds',
    'What registries said and is not believed until a later read confirms it: that everything is gone, or much of it, or, at the first read, that there is nothing.',
    { ...REGISTRY, reason: ['everything-gone', 'many-gone', 'empty-first-read'] },
  ),
  guardHeldRemovals: gauge(
    'footbridge_guard_held_removals',
    'Instances that the registry no longer lists and that are held.',
    REGISTRY,
  ),
  guardPendingRemovals: gauge(
    'footbridge_guard_pending_removals',
    'Instances whose removal waits for the debounce to pass.',
    {},
  ),
  guardGraces: gauge('footbridge_guard_graces', 'Services without an instance that are kept for their grace time.', {}),
  guardDraining: gauge(
    'footbridge_guard_draining',
    'Instances that keep their traffic for a time although their registry no longer calls them up.',
    {},
  ),
  guardFreezes: gauge(
    'footbridge_guard_freezes',
    'Freezes that the registry is under, as a whole or for one of its services: what they are about stays as it is.',
    REGISTRY,
  ),
  guardFreezeStart: gauge(
    'footbridge_guard_freeze_start_timestamp_seconds',
    'When the oldest of these freezes began, Unix time; 0: there is none.',
    REGISTRY,
  ),
} as const satisfies Readonly<Record<string, MetricDeclaration>>;
