// SPDX-License-Identifier: Apache-2.0
// `<namespace>/<instance>.<registry>.<service>`: the name of an entry, unique over all bridges of a mesh because the
// instance is. Instance and registry hold no dot, so it reads back. istiod drops a resource without exactly one slash.
import { dnsName } from './dns-name.ts';
import type { ResourceName } from './entry.ts';
import type { ConvertOptions } from './options.ts';

const LONGEST_LABEL = 63;
const LONGEST_NAME = 253;

/**
 * The name of the entry of a service. `isMapped`: the service has a host of its own by configuration, maybe just because its
 * name is too like another one's; so a name that had to be rewritten is told apart by the hash of what it was.
 */
export function resourceName(
  registry: string,
  name: string,
  options: Pick<ConvertOptions, 'namespace' | 'instance'>,
  isMapped: boolean,
): ResourceName {
  const prefix = `${options.instance}.${registry}.`;
  const service = dnsName(name, { label: LONGEST_LABEL, total: LONGEST_NAME - prefix.length });
  const text = isMapped && service.isRewritten ? service.hashed : service.text;
  return `${options.namespace}/${prefix}${text}` as ResourceName;
}
