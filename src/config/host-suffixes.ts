// SPDX-License-Identifier: Apache-2.0
// Which hosts a bridge may publish when nobody says: what stands behind the service name in the hosts that its own
// template makes. The operator's explicit hosts are added in any case, because the operator named them.

export interface HostNaming {
  readonly hostTemplate: string;
  readonly namespace: string;
  readonly instance: string;
  readonly registries: readonly string[];
}

/**
 * `{service}.{namespace}.{registry}` of namespace payments with registries a and b → `.payments.a`, `.payments.b`.
 * Empty where the template ends with the service name: then no suffix tells our hosts from others.
 */
function derivedSuffixes({ hostTemplate, namespace, instance, registries }: HostNaming): readonly string[] {
  const behind = hostTemplate.slice(hostTemplate.lastIndexOf('{service}') + '{service}'.length);
  const dot = behind.indexOf('.');
  if (dot < 0) return [];
  const suffixes = registries.map((registry) =>
    behind
      .slice(dot)
      .replaceAll('{namespace}', namespace)
      .replaceAll('{instance}', instance)
      .replaceAll('{registry}', registry),
  );
  return [...new Set(suffixes)].sort();
}

/** What `admit.hostSuffixes` is in effect: as configured, else derived, and the explicit hosts. */
export function effectiveSuffixes(
  configured: readonly string[],
  naming: HostNaming,
  explicitHosts: readonly string[],
): readonly string[] {
  const suffixes = configured.length > 0 ? configured : derivedSuffixes(naming);
  return [...new Set([...suffixes, ...[...explicitHosts].sort()])];
}
