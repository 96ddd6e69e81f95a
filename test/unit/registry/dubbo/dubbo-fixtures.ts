// Names and records as Dubbo writes them, and a tree of them that is read as the living one is.

import type { Instance } from '../../../../src/model/service.ts';
import { createDubboProjection, type ProjectionOptions } from '../../../../src/registry/dubbo/dubbo-projection.ts';
import type { DubboUrl } from '../../../../src/registry/dubbo/records/dubbo-url.ts';
import { compileDubboSecrets } from '../../../../src/registry/dubbo/records/parameters.ts';
import {
  type DecodedProvider,
  decodeProvider,
  type Provider,
} from '../../../../src/registry/dubbo/records/provider.ts';
import type { DubboRole } from '../../../../src/registry/dubbo/roles.ts';
import { judgeScope, type ScopeOptions, type ScopeRule } from '../../../../src/registry/scope.ts';
import type {
  NodeContent,
  Projected,
  TreeChange,
  TreeNode,
  TreeProjection,
} from '../../../../src/registry/zookeeper/tree-plan.ts';

export const FOO = 'com.acme.Foo';
export const BAR = 'com.acme.Bar';
export const WHOLE: ScopeOptions = { include: [], exclude: [] };

export function options(fields: Partial<ProjectionOptions> = {}): ProjectionOptions {
  return {
    roots: { interfaces: '/dubbo', applications: '/services' },
    services: 'application',
    consumers: true,
    metadataKeys: { zone: ['zone'], region: ['region'] },
    region: undefined,
    secretKeys: [],
    ...fields,
  };
}

export function scopeOf(...include: readonly ScopeRule[]): ScopeOptions {
  return { include, exclude: [] };
}

export function rule(attributes: ScopeRule['attributes'], metadata: ScopeRule['metadata'] = {}): ScopeRule {
  return { attributes, metadata };
}

type Parameters = Readonly<Record<string, string>>;

/** As Java's URLEncoder writes it. */
export function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll('%20', '+');
}

export function urlText(place: string, path: string, parameters: Parameters): string {
  const query = Object.entries(parameters).map(([key, value]) => `${key}=${value}`);
  return `${place}/${path}${query.length === 0 ? '' : `?${query.join('&')}`}`;
}

/** Name of a provider's node; `place` is `scheme://host:port`. */
export function providerNode(place: string, interfaceName: string, parameters: Parameters = {}): string {
  return encoded(urlText(place, interfaceName, { application: 'orders', interface: interfaceName, ...parameters }));
}

export function consumerNode(application: string, interfaceName: string, parameters: Parameters = {}): string {
  return encoded(urlText('consumer://10.9.0.1', interfaceName, { application, ...parameters }));
}

/** The text of a URL that decodes to it. */
export function encodeUrl({ protocol, host, port, path, parameters }: Omit<DubboUrl, 'hasUserInfo'>): string {
  const place = `${host.includes(':') ? `[${host}]` : host}${port === undefined ? '' : `:${port}`}`;
  const query = [...parameters].map(([key, value]) => `${key}=${value}`).join('&');
  return encoded(`${protocol}://${place}/${path}?${query}`);
}

export function decoded(
  node: string,
  interfaceName = FOO,
  scope: ScopeOptions = WHOLE,
  secretKeys: readonly string[] = [],
): DecodedProvider {
  const isSecret = compileDubboSecrets(secretKeys);
  return decodeProvider(node, interfaceName, { judge: judgeScope(scope), isSecret });
}

export function provider(place: string, interfaceName = FOO, parameters: Parameters = {}): Provider {
  const one = decoded(providerNode(place, interfaceName, parameters), interfaceName);
  if (one.kind !== 'provider') throw new Error(`no provider: ${place}`);
  return one.provider;
}

/** Data of a node of the application level, as Dubbo 3 writes it. */
export function instanceData(
  address: string,
  endpoints: Readonly<Record<string, number>>,
  metadata: Readonly<Record<string, unknown>> = {},
  fields: Readonly<Record<string, unknown>> = {},
): string {
  const listed = Object.entries(endpoints).map(([protocol, port]) => ({ port, protocol }));
  const [port = 0] = Object.values(endpoints);
  return JSON.stringify({
    name: 'orders',
    id: `${address}:${port}`,
    address,
    port,
    sslPort: null,
    payload: {
      '@class': 'org.apache.dubbo.registry.zookeeper.ZookeeperInstance',
      metadata: {
        'dubbo.endpoints': JSON.stringify(listed),
        'dubbo.metadata.revision': 'r1',
        'dubbo.metadata.storage-type': 'local',
        'meta-v': '1.0.0',
        timestamp: '1795618119578',
        ...metadata,
      },
    },
    serviceType: 'DYNAMIC',
    ...fields,
  });
}

/** Data of a node of metadata; services as `group/interface:version:protocol` → parameters. */
export function metadataData(services: Readonly<Record<string, Parameters>>): string {
  const described = Object.entries(services).map(([key, params]) => {
    const [, group, name, version, protocol] = /^(?:([^/]+)\/)?([^:]+)(?::([^:]+))?:([^:]+)$/.exec(key) ?? [];
    return [key, { group, name, version, protocol, params }];
  });
  return JSON.stringify({ app: 'orders', revision: 'r1', services: Object.fromEntries(described) });
}

/** Path → names below it, or the text in it. */
export type Nodes = Map<string, readonly string[] | string>;

/** A tree of ZooKeeper: directories are there because something is in them, and stay when they are empty. */
export class FakeTree {
  readonly nodes: Nodes = new Map();

  constructor(nodes: Readonly<Record<string, readonly string[] | string>> = {}) {
    for (const [path, content] of Object.entries(nodes)) this.set(path, content);
  }

  set(path: string, content: readonly string[] | string): this {
    this.nodes.set(path, content);
    const slash = path.lastIndexOf('/');
    if (slash > 0) this.#list(path.slice(0, slash), path.slice(slash + 1));
    return this;
  }

  delete(path: string): this {
    const slash = path.lastIndexOf('/');
    const parent = path.slice(0, slash);
    const names = this.nodes.get(parent);
    if (Array.isArray(names))
      this.nodes.set(
        parent,
        names.filter((name) => name !== path.slice(slash + 1)),
      );
    for (const known of [...this.nodes.keys()])
      if (known === path || known.startsWith(`${path}/`)) this.nodes.delete(known);
    return this;
  }

  #list(parent: string, name: string): void {
    const names = this.nodes.get(parent);
    const listed = Array.isArray(names) ? names : [];
    if (!listed.includes(name)) this.set(parent, [...listed, name].sort());
  }
}

export type Change = TreeChange<DubboRole>;

/** One projection with what it was told so far. */
export class TreeReading {
  readonly projection: TreeProjection<DubboRole>;
  #known = new Map<string, TreeNode<DubboRole>>();

  constructor(settings: ProjectionOptions = options(), scope: ScopeOptions = WHOLE) {
    this.projection = createDubboProjection('dubbo', settings, scope);
  }

  /** What changed since the last call: every wanted path is looked at. */
  changes(tree: FakeTree): Change[] {
    const known = new Map<string, TreeNode<DubboRole>>();
    const changes: Change[] = [];
    const wants = [...this.projection.roots];
    for (const want of wants) {
      if (known.has(want.path)) continue;
      const content = contentOf(tree.nodes.get(want.path));
      const former = this.#known.get(want.path);
      const isKnown = former?.content !== undefined && sameContent(former.content, content);
      const node = isKnown ? former : { want, content, obstacle: undefined };
      known.set(want.path, node);
      if (node !== former) changes.push({ kind: 'read', node });
      wants.push(...this.projection.expand(node));
    }
    for (const [path, node] of this.#known) if (!known.has(path)) changes.push({ kind: 'forgotten', node });
    this.#known = known;
    return changes;
  }

  read(tree: FakeTree): Projected {
    return this.projection.project(this.changes(tree));
  }

  /** Paths that are wanted now. */
  get paths(): readonly string[] {
    return [...this.#known.keys()].sort();
  }
}

function contentOf(content: readonly string[] | string | undefined): NodeContent {
  if (content === undefined) return { kind: 'missing' };
  return typeof content === 'string'
    ? { kind: 'data', data: Buffer.from(content) }
    : { kind: 'children', names: [...content].sort() };
}

function sameContent(a: NodeContent, b: NodeContent): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export type Contents = Readonly<Record<string, readonly string[] | string>>;

export const BY_INTERFACE: Partial<ProjectionOptions> = { services: 'interface' };
export const PROVIDERS = `/dubbo/${FOO}/providers`;
export const OVERRIDES = `/dubbo/${FOO}/configurators`;

/** A node of a provider of FOO. */
export function foo(place: string, parameters: Parameters = {}): string {
  return providerNode(place, FOO, parameters);
}

export function project(
  nodes: Contents,
  fields: Partial<ProjectionOptions> = {},
  scope: ScopeOptions = WHOLE,
): Projected {
  return new TreeReading(options(fields), scope).read(new FakeTree(nodes));
}

/** `service: id status weight ports`, with `-` for no weight. */
export function shown({ services }: Projected): readonly string[] {
  return [...services.values()]
    .flatMap(({ name, instances }) =>
      instances.map((one) => `${name}: ${one.id} ${one.status} ${one.weight ?? '-'} ${portsOf(one)}`),
    )
    .sort();
}

function portsOf({ ports }: Instance): string {
  return ports.map((port) => `${port.name}:${port.number}`).join(' ');
}

export function problemsOf({ problems }: Projected): readonly string[] {
  return problems.map(({ code, service, instance, value }) => `${code} ${service} ${instance} ${value}`);
}

export function onlyInstance({ services }: Projected): Instance {
  const [instance, ...others] = [...services.values()].flatMap((service) => service.instances);
  if (instance === undefined || others.length > 0) throw new Error('not one instance');
  return instance;
}
