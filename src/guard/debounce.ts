// SPDX-License-Identifier: Apache-2.0
// Which instances are missing after a read: an ordinary removal is not acted on at once, because registries delete and
// create again (restarts, renewals, replicas that lag). Decides nothing about mass removals (hold.ts) or empty services.
import type { Instance, Service } from '../model/service.ts';
import type { Missing } from './guarded.ts';

/** What a service still lacks now that `listed` is what the registry says of it. */
export function stillMissing(missing: readonly Missing[], listed: Service | undefined): readonly Missing[] {
  const isListed = membership(listed);
  return missing.filter(({ instance }) => !isListed(instance));
}

/** The instances that `former` listed and `listed` does not. */
export function vanishedInstances(former: Service | undefined, listed: Service | undefined): readonly Instance[] {
  const isListed = membership(listed);
  return (former?.instances ?? []).filter((instance) => !isListed(instance));
}

/** True when an ordinary removal has waited long enough. Asked only while the registry is live. */
export function isDebounceOver(missing: Missing, removalDebounceMs: number, nowMs: number): boolean {
  return missing.kind === 'debounced' && nowMs >= missing.sinceMs + removalDebounceMs;
}

/**
 * Whether `service` lists an instance: under its id, or replaced by one with another id at the same address and port. Only
 * one process can listen there, so what the registry says of the newer one (its status above all) must not be
 * contradicted by what it said of the older. Applications with random instance ids do this at every restart.
 */
function membership(service: Service | undefined): (instance: Instance) => boolean {
  const instances = service?.instances ?? [];
  const ids = new Set(instances.map(({ id }) => id));
  let sockets: ReadonlySet<string> | undefined;
  return (instance) => {
    if (ids.has(instance.id)) return true;
    sockets ??= new Set(instances.flatMap(socketsOf));
    const taken = sockets;
    return socketsOf(instance).some((socket) => taken.has(socket));
  };
}

function socketsOf(instance: Instance): string[] {
  return instance.ports.map(({ number }) => `${instance.address} ${number}`);
}
