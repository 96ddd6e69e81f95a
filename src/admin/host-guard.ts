// SPDX-License-Identifier: Apache-2.0
// Who is meant by a request, by its Host header. A stranger's page, open in the browser of somebody who runs this on loopback or
// behind a port-forward, can have its own name resolved to 127.0.0.1 and then read whatever is answered, as its own origin (DNS
// rebinding). Such a request carries that name, so only names that nobody can register in the public DNS are answered. Who answers for
// names inside your cluster or your network can still give one of these; that is for the network to prevent.
import { isIp } from '../lib/ip.ts';

/** Names of Kubernetes Services; the public DNS has neither of them. */
const CLUSTER_NAME = /\.svc(?:\.cluster\.local)?$/;

/**
 * Whether a Host header is one that is answered: an IP address, localhost, a name without a dot, one of a Kubernetes Service, or
 * one of `names`, which begin with a dot where every name below is meant.
 */
export function hostGuard(names: readonly string[]): (host: string | undefined) => boolean {
  const plain = names.map(plainName);
  const exact = new Set(plain);
  const below = plain.filter((name) => name.startsWith('.'));
  return (host = '') => {
    const name = plainName(host.replace(/:\d*$/, '').replace(/^\[(.*)\]$/, '$1'));
    if (name === '') return false;
    if (isIp(name) || !name.includes('.') || name.endsWith('.localhost') || CLUSTER_NAME.test(name)) return true;
    return exact.has(name) || below.some((suffix) => name.endsWith(suffix));
  };
}

/** In lower case, without the dot of a full name. */
function plainName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}
