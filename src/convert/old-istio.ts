// SPDX-License-Identifier: Apache-2.0
// An entry as Istio up to 1.4 accepts it. Those releases drop an entry without a word when one of these rules is broken, so
// what they cannot have is left out, and where nothing is left the whole entry is.
import { parseIp } from '../lib/ip.ts';
import type { Entry } from './entry.ts';

/** The same object where nothing has to change; undefined: nothing of it could be accepted. */
export function forOldIstio(entry: Entry): Entry | undefined {
  const { endpoints, addresses, exportTo, resolution } = entry.spec;
  const readable = endpoints.filter(({ address }) => !isIpv6(address));
  const hasNone = readable.length === 0;
  // Later releases take a STATIC entry without endpoints, and answer its callers with 503 at once.
  if (hasNone && (resolution === 'STATIC' || endpoints.length > 0)) return undefined;
  const spec = {
    ...entry.spec,
    addresses: addresses.filter((address) => !isIpv6(address)),
    endpoints: readable,
    exportTo: oneVisibility(exportTo),
  };
  const isSame =
    readable.length === endpoints.length &&
    spec.addresses.length === addresses.length &&
    spec.exportTo.length === exportTo.length &&
    spec.exportTo[0] === exportTo[0];
  return isSame ? entry : { ...entry, spec };
}

/** One of `.` and `*`, no names: what is exported to some namespaces is seen by its own alone, rather than by all. */
function oneVisibility(exportTo: readonly string[]): readonly string[] {
  if (exportTo.length === 0 || exportTo.includes('*')) return exportTo;
  return ['.'];
}

function isIpv6(address: string): boolean {
  return parseIp(address)?.family === 6;
}
