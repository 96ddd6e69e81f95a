// SPDX-License-Identifier: Apache-2.0
// One registry, read once as a running bridge begins: the living registry is started, and closed as soon as it knows something
// or has failed. So the checks judge what `serve` would see, decorators included.
import type { Clock } from '../lib/clock.ts';
import { silentLog } from '../observe/log.ts';
import type { RegistryContext } from '../registry/kind.ts';
import type { Slice } from '../registry/registry.ts';
import type { ScopeOptions } from '../registry/scope.ts';
import type { ReadObstacle } from '../registry/source.ts';
import type { ConfiguredRegistry } from '../registry/table.ts';
import { SelectedRegistry } from '../registry/wrap/select.ts';

export type OneRead =
  | { readonly kind: 'read'; readonly slice: Slice }
  | { readonly kind: 'failed'; readonly obstacle: ReadObstacle };

/** Time and chance, as every command is given them. */
export interface ReadDeps {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
}

/** A large registry over a slow line may take long, but a person waits. */
const PATIENCE_MS = 60_000;

/** Never rejects because of a registry. */
export async function readOnce(
  configured: ConfiguredRegistry,
  scope: ScopeOptions,
  { clock, random }: ReadDeps,
): Promise<OneRead> {
  const context: RegistryContext = { clock, random, log: silentLog, onRead() {}, onDrift() {} };
  const registry = new SelectedRegistry(configured.create(scope, context), scope, silentLog);
  try {
    return await new Promise<OneRead>((resolve) => {
      const cancel = clock.after(PATIENCE_MS, () => resolve({ kind: 'failed', obstacle: TOO_LONG }));
      registry.start(() => {
        const read = oneRead(registry.slices());
        if (read === undefined) return;
        cancel();
        resolve(read);
      });
    });
  } finally {
    await registry.close();
  }
}

const TOO_LONG: ReadObstacle = {
  code: 'READ_TOO_SLOW',
  message: `The first read was not complete within ${PATIENCE_MS / 1000} s. Look at the load of the registry, or narrow the scope.`,
};

/** undefined: nothing is known yet. */
function oneRead([slice]: readonly Slice[]): OneRead | undefined {
  if (slice === undefined) return undefined;
  const { reading } = slice;
  if (reading.kind !== 'waiting') return { kind: 'read', slice };
  return reading.lastError === undefined ? undefined : { kind: 'failed', obstacle: reading.lastError };
}
