// SPDX-License-Identifier: Apache-2.0
// The parts of an entry that stand or fall with it: kind, name, hosts, virtual IPs, service ports, location, visibility. One of
// them out of scope refuses the whole entry; endpoints are judged one by one in endpoint-scope.ts.
import type { Entry, EntryPort, ServiceEntrySpec } from '../convert/entry.ts';
import { isDns1123Subdomain } from '../convert/syntax.ts';
import { virtualIpJudge } from './addresses.ts';
import { unknownFields } from './fields.ts';
import { judgeHost } from './hosts.ts';
import type { AdmitOptions } from './options.ts';
import { isInRanges } from './port-ranges.ts';
import type { Refusal } from './refusal.ts';
import { suffixTest } from './suffixes.ts';

const KIND: Entry['kind'] = 'networking.istio.io/ServiceEntry';
/** Protocols whose listeners are shared by host name, so that a port needs no address of its own. */
const SHARED_LISTENER_PROTOCOLS = new Set(['http', 'http2', 'http_proxy', 'grpc', 'grpc-web', 'https', 'tls']);

/** Every reason for which an entry must not be published; none = it may, as far as these parts go. */
export function entryScope(options: AdmitOptions): (entry: Entry) => readonly Refusal[] {
  const hostInScope = suffixTest(options.hostSuffixes);
  const judgeVirtualIp = virtualIpJudge(options.virtualIps);
  return (entry) => {
    // What is not known is not looked into any further: the rest of the rules may not hold for it.
    const unknown = refuseUnknown(entry);
    return unknown.length > 0 ? unknown : refuseKnown(entry);
  };

  function refuseKnown({ name, spec }: Entry): readonly Refusal[] {
    return [
      ...refuseName(name, options),
      // Without a host Istio refuses it; and with DNS there would be no name to judge as the address that it is.
      ...(spec.hosts.length === 0 ? [{ code: 'HOST_RESERVED', value: '' } as const] : []),
      ...spec.hosts.flatMap((host): Refusal[] => {
        const verdict = judgeHost(host, hostInScope);
        if (verdict === 'admitted') return [];
        return [{ code: verdict === 'reserved' ? 'HOST_RESERVED' : 'HOST_OUT_OF_SCOPE', value: host }];
      }),
      ...refuse(spec.addresses, (address) => judgeVirtualIp(address) === 'admitted', 'VIRTUAL_IP_OUT_OF_SCOPE'),
      ...refusePorts(spec, options),
      ...refuse([spec.location], (location) => location === options.location, 'LOCATION_OUT_OF_SCOPE'),
      ...refuseExports(spec.exportTo, options),
    ];
  }
}

function refuseUnknown(entry: Entry): Refusal[] {
  const fields = [...unknownFields(entry), ...(entry.kind === KIND ? [] : [`kind: ${String(entry.kind)}`])];
  return fields.map((value) => ({ code: 'FIELD_UNKNOWN', value }));
}

function refuse(values: readonly string[], isAdmitted: (value: string) => boolean, code: Refusal['code']): Refusal[] {
  return values.filter((value) => !isAdmitted(value)).map((value) => ({ code, value }));
}

/**
 * The namespace is what stands before the slash of the resource name: istiod files the entry there. What stands behind it begins
 * with the instance, which is how bridges that publish into one namespace keep out of each other's entries.
 */
function refuseName(name: string, { namespace, instance }: AdmitOptions): Refusal[] {
  const [given = '', object = '', ...rest] = name.split('/');
  if (given !== namespace || object === '' || rest.length > 0)
    return [{ code: 'NAMESPACE_OUT_OF_SCOPE', value: object === '' ? name : given }];
  if (object.startsWith(`${instance}.`) && isDns1123Subdomain(object)) return [];
  return [{ code: 'NAME_OUT_OF_SCOPE', value: name }];
}

function refusePorts({ ports, addresses }: ServiceEntrySpec, options: AdmitOptions): Refusal[] {
  return ports.flatMap((port): Refusal[] => {
    if (!isInRanges(options.ports, port.number)) return [{ code: 'PORT_OUT_OF_SCOPE', value: String(port.number) }];
    if (addresses.length > 0 || sharesListener(port)) return [];
    return [{ code: 'PORT_OUT_OF_SCOPE', value: `${port.number} (${port.protocol || 'TCP'} without a virtual IP)` }];
  });
}

/** Any other port without an address takes all connections to its number, whatever host they are meant for. */
function sharesListener({ protocol }: EntryPort): boolean {
  return SHARED_LISTENER_PROTOCOLS.has(protocol.toLowerCase());
}

/** No `exportTo` means what the mesh's default says, which is every namespace unless someone changed it. */
function refuseExports(exportTo: readonly string[], { exportTo: widest, namespace }: AdmitOptions): Refusal[] {
  if (widest.includes('*')) return [];
  if (exportTo.length === 0) return [{ code: 'EXPORT_OUT_OF_SCOPE', value: '*' }];
  const own = (item: string) => (item === '.' ? namespace : item);
  // `~` is visible to nobody.
  const admitted = new Set(['~', ...widest.map(own)]);
  return refuse(exportTo, (item) => admitted.has(own(item)), 'EXPORT_OUT_OF_SCOPE');
}
