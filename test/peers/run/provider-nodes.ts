// Dubbo providers as plain nodes of a real ZooKeeper, for tests that are about who owns what and not about a running Dubbo.

export interface ProviderNode {
  readonly application: string;
  readonly interfaceName: string;
  readonly address: string;
  readonly parameters?: Readonly<Record<string, string>>;
}

/** Where Dubbo registers it, below `/dubbo`. */
export function providerNode({ application, interfaceName, address, parameters = {} }: ProviderNode): string {
  const query = new URLSearchParams({ application, interface: interfaceName, side: 'provider', ...parameters });
  const url = `dubbo://${address}/${interfaceName}?${query}`;
  return `/dubbo/${interfaceName}/providers/${encodeURIComponent(url)}`;
}
