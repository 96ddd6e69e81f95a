// SPDX-License-Identifier: Apache-2.0
// The host of a service by template. It depends on the raw name, the registry's name and the configuration, on nothing else.
import { type DnsName, dnsName } from './dns-name.ts';
import type { ConvertOptions } from './options.ts';
import { isDns1123Subdomain, isHost } from './syntax.ts';

export interface HostCandidate {
  /** undefined: the template gives no valid host for this name. */
  readonly host: string | undefined;
  /** What the template gave, for people. */
  readonly tried: string;
  /** How far it is from the raw name: among names that are equally old, the nearest keeps the host. */
  readonly edits: number;
}

const SERVICE = '{service}';
const LONGEST_LABEL = 63;
const LONGEST_HOST = 253;

/** The host that `options.hostTemplate` gives a service. */
export function hostByTemplate(
  registry: string,
  name: string,
  options: Pick<ConvertOptions, 'hostTemplate' | 'namespace' | 'instance'>,
): HostCandidate {
  const parts = templateParts(registry, options);
  const service = dnsName(name, serviceLimits(parts));
  const tried = parts.join(service.text);
  if (isPublishableHost(tried)) return { host: tried, tried, edits: service.edits };
  // The template may end in the service, whose name may be a number: with a hash behind it, it is none.
  return hashedHost(parts, service, tried);
}

/** A host that Istio takes and that resolves short names right: lower case, at least one dot, no wildcard, no number last. */
export function isPublishableHost(host: string): boolean {
  return isDns1123Subdomain(host) && isHost(host) && host.includes('.') && !/\.[0-9]+$/.test(host);
}

function hashedHost(parts: readonly string[], service: DnsName, tried: string): HostCandidate {
  const host = parts.join(service.hashed);
  const edits = service.edits + service.hashed.length - service.text.length;
  return { host: isPublishableHost(host) ? host : undefined, tried, edits };
}

/** The template with everything but the service filled in, cut at each `{service}`. */
function templateParts(
  registry: string,
  options: Pick<ConvertOptions, 'hostTemplate' | 'namespace' | 'instance'>,
): readonly string[] {
  const values = new Map([
    ['{namespace}', options.namespace],
    ['{registry}', registry],
    ['{instance}', options.instance],
  ]);
  return options.hostTemplate
    .split(SERVICE)
    .map((part) => part.replace(/\{[a-z]+\}/g, (placeholder) => values.get(placeholder) ?? placeholder));
}

/** What the template leaves to the service: the characters that share its first and last label with it count too. */
function serviceLimits(parts: readonly string[]): { readonly label: number; readonly total: number } {
  const inFirstLabel = (parts[0] ?? '').split('.').at(-1) ?? '';
  const inLastLabel = (parts.at(-1) ?? '').split('.')[0] ?? '';
  const uses = Math.max(1, parts.length - 1);
  return {
    label: LONGEST_LABEL - inFirstLabel.length - inLastLabel.length,
    total: Math.floor((LONGEST_HOST - parts.join('').length) / uses),
  };
}
