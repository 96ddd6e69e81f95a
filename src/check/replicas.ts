// SPDX-License-Identifier: Apache-2.0
// The bridges behind one name. The Service of a release is headless: its name has the address of each pod, istiod takes one of
// them, and a check that took one too would not see the other.
import { lookup } from 'node:dns/promises';
import type { Clock } from '../lib/clock.ts';
import type { HostPort } from '../lib/host-port.ts';
import type { ProbeTls } from '../probe/channel-tls.ts';

export interface NamedServer {
  /** As it was given. */
  readonly named: HostPort;
  /** The same alone, or one for each of several addresses; never empty. */
  readonly replicas: readonly HostPort[];
  /** undefined: it is spoken to in plaintext. */
  readonly tls?: ProbeTls | undefined;
}

export interface Resolved {
  readonly address: string;
  readonly family: number;
}

const DEADLINE_MS = 5_000;

/** What does not resolve in time is left to whoever connects, whose error says more. */
export async function findReplicas(named: HostPort, clock: Clock): Promise<NamedServer> {
  const tooLate = new Promise<readonly Resolved[]>((resolve) => clock.after(DEADLINE_MS, () => resolve([])));
  const resolved = lookup(named.host, { all: true }).catch(() => []);
  return { named, replicas: replicasAmong(named, await Promise.race([resolved, tooLate])) };
}

/**
 * A pod has one address of each family, and `localhost` has two where a server listens on one: only several addresses of one
 * family are several servers. Pure.
 */
export function replicasAmong(named: HostPort, resolved: readonly Resolved[]): readonly HostPort[] {
  const [first] = resolved;
  const hosts = new Set(resolved.filter(({ family }) => family === first?.family).map(({ address }) => address));
  return hosts.size > 1 ? [...hosts].sort().map((host) => ({ host, port: named.port })) : [named];
}
