// SPDX-License-Identifier: Apache-2.0
// An entry as Istio up to 1.4 accepts it. Those releases drop an entry without a word when one of these rules is broken, so
// what they cannot have is left out, and where nothing is left the whole entry is. It comes after the gate, so it only takes away:
// what would be seen or reached by more than the gate let through is left out too.
import { parseIp } from '../lib/ip.ts';
import type { Entry } from './entry.ts';

/** The same object where nothing has to change; undefined: nothing of it could be accepted. */
export function forOldIstio(entry: Entry): Entry | undefined {
  const { endpoints, addresses, exportTo, resolution } = entry.spec;
  const readable = endpoints.filter(({ address }) => !isIpv6(address));
  const hasNone = readable.length === 0;
  // Later releases take a STATIC entry without endpoints, and answer its callers with 503 at once.
  if (hasNone && (resolution === 'STATIC' || endpoints.length > 0)) return undefined;
  const readableAddresses = addresses.filter((address) => !isIpv6(address));
  // Without one its ports would be those of whatever address is called.
  if (addresses.length > 0 && readableAddresses.length === 0) return undefined;
  const visibility = oneVisibility(exportTo, entry.name.slice(0, entry.name.indexOf('/')));
  if (visibility === undefined) return undefined;
  const spec = { ...entry.spec, addresses: readableAddresses, endpoints: readable, exportTo: visibility };
  const isSame =
    readable.length === endpoints.length &&
    spec.addresses.length === addresses.length &&
    spec.exportTo.length === exportTo.length &&
    spec.exportTo[0] === exportTo[0];
  return isSame ? entry : { ...entry, spec };
}

/**
 * One of `.` and `*`, no names: what its own namespace and others may see is seen by its own alone. undefined: its own may not.
 */
function oneVisibility(exportTo: readonly string[], namespace: string): readonly string[] | undefined {
  if (exportTo.length === 0 || exportTo.includes('*')) return exportTo;
  return exportTo.includes('.') || exportTo.includes(namespace) ? ['.'] : undefined;
}

function isIpv6(address: string): boolean {
  return parseIp(address)?.family === 6;
}
