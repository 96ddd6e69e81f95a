// SPDX-License-Identifier: Apache-2.0
// Which part of the tree is read: the providers of each interface and the records of each application that could be in scope, and
// beside them what changes or explains them. Mapping is not read: it never shrinks, so it tells nothing of what lives.
import { couldMatch, type ScopeOptions } from '../scope.ts';
import type { TreeNode, TreePlan, Want } from '../zookeeper/tree-plan.ts';
import type { DecodedNodes } from './decoded-nodes.ts';
import type { DubboOptions } from './options.ts';
import { decodePercent } from './records/dubbo-url.ts';
import type { DubboRole, Holds } from './roles.ts';
import { interfaceOfDocument } from './rules/rule-book.ts';

export type PlanOptions = Pick<DubboOptions, 'roots' | 'consumers'>;

/** Beside the interfaces, and none itself. */
const RESERVED: ReadonlySet<string> = new Set(['config', 'metadata', 'mapping']);
const INTERFACE_MEMBERS: ReadonlySet<string> = new Set(['providers', 'consumers', 'configurators', 'routers']);
/** `address:port`, as Dubbo names its records; those of others are of no use. */
const INSTANCE_ID = /^.{1,255}:[0-9]{1,5}$/;
const RULE_SUFFIX = '.configurators';

export class DubboPlan implements TreePlan<DubboRole> {
  readonly roots: readonly Want<DubboRole>[];
  readonly #options: PlanOptions;
  readonly #nodes: DecodedNodes;
  readonly #couldBeInterface: (interfaceName: string) => boolean;
  readonly #couldBeApplication: (application: string) => boolean;
  /**
   * Directories with a provider in scope at some time. What stands beside them stays known while nobody is registered: who comes
   * back, as all do after an outage, must find the rule that has taken it out.
   */
  readonly #onceInScope = new Set<string>();

  constructor(options: PlanOptions, scope: ScopeOptions, nodes: DecodedNodes) {
    this.#options = options;
    this.#nodes = nodes;
    this.#couldBeInterface = couldMatch(interfaceScope(options, scope), 'interface');
    this.#couldBeApplication = couldMatch(scope, 'application');
    this.roots = rootsOf(options.roots);
  }

  expand({ want: { path, role }, content }: TreeNode<DubboRole>): readonly Want<DubboRole>[] {
    if (role.kind === 'providers')
      return this.#besideProviders(path, role, content?.kind === 'children' ? content.names : []);
    if (content?.kind === 'children') return this.#below(path, role, content.names);
    if (content?.kind === 'data' && role.kind === 'instance') return this.#metadataOf(role, content.data);
    return [];
  }

  /** The names below a root that are left alone because of the scope. */
  leftAlone(holds: Holds, names: readonly string[]): readonly string[] {
    return names
      .filter((name) => !this.#isReserved(holds, name) && !this.#couldBe(holds, name))
      .map((name) => (holds === 'interfaces' ? decodePercent(name) : name));
  }

  #below(path: string, role: DubboRole, names: readonly string[]): readonly Want<DubboRole>[] {
    switch (role.kind) {
      case 'root':
        return names.flatMap((name) => this.#belowRoot(path, role.holds, name));
      case 'either':
        return this.#belowEither(path, role.name, names);
      case 'application':
        return instances(path, role.application, names);
      case 'config':
        return names.flatMap((name) => this.#belowConfig(path, name));
      case 'rule-directory':
        return names.flatMap((name) => this.#ruleDocument(path, name));
      default:
        return [];
    }
  }

  #belowRoot(path: string, holds: Holds, name: string): readonly Want<DubboRole>[] {
    const below = join(path, name);
    if (this.#isReserved(holds, name))
      return name === 'config' ? [{ path: below, what: 'children', role: { kind: 'config' } }] : [];
    if (!this.#couldBe(holds, name)) return [];
    switch (holds) {
      case 'interfaces':
        return [providersOf(below, name)];
      case 'applications':
        return [{ path: below, what: 'children', role: { kind: 'application', application: name } }];
      case 'both':
        return [{ path: below, what: 'children', role: { kind: 'either', name } }];
    }
  }

  #isReserved(holds: Holds, name: string): boolean {
    return holds !== 'applications' && RESERVED.has(name);
  }

  #couldBe(holds: Holds, name: string): boolean {
    const isInterface = holds !== 'applications' && this.#couldBeInterface(decodePercent(name));
    return isInterface || (holds !== 'interfaces' && this.#couldBeApplication(name));
  }

  /** Told apart by what is in it; nothing keeps an application from being named like an interface. */
  #belowEither(path: string, name: string, names: readonly string[]): readonly Want<DubboRole>[] {
    const isInterface = names.some((member) => INTERFACE_MEMBERS.has(member));
    return [
      ...(isInterface && this.#couldBeInterface(decodePercent(name)) ? [providersOf(path, name)] : []),
      ...(this.#couldBeApplication(name) ? instances(path, name, names) : []),
    ];
  }

  #besideProviders(
    path: string,
    { interfaceName, directory }: Extract<DubboRole, { kind: 'providers' }>,
    names: readonly string[],
  ): readonly Want<DubboRole>[] {
    const { providers } = this.#nodes.providers(path, interfaceName, names);
    if (providers.some(({ isInScope }) => isInScope)) this.#onceInScope.add(path);
    if (!this.#onceInScope.has(path)) return [];
    const kinds = this.#options.consumers ? (['configurators', 'consumers'] as const) : (['configurators'] as const);
    return kinds.map((kind) => ({ path: join(directory, kind), what: 'children', role: { kind, interfaceName } }));
  }

  /** `dubbo` holds the documents of today; 2.7.0 kept one below each key. */
  #belowConfig(path: string, name: string): readonly Want<DubboRole>[] {
    const below = join(path, name);
    if (name === 'dubbo') return [{ path: below, what: 'children', role: { kind: 'rule-directory' } }];
    const key = decodePercent(name);
    if (name === 'mapping' || !this.#couldConcern(key)) return [];
    return [{ path: join(below, 'configurators'), what: 'data', role: { kind: 'rule', key } }];
  }

  #ruleDocument(path: string, name: string): readonly Want<DubboRole>[] {
    const key = name.endsWith(RULE_SUFFIX) ? decodePercent(name.slice(0, -RULE_SUFFIX.length)) : '';
    return key !== '' && this.#couldConcern(key)
      ? [{ path: join(path, name), what: 'data', role: { kind: 'rule', key } }]
      : [];
  }

  /** A key without a colon names an application, or, until 2.7.0, an interface, whose name has a dot. */
  #couldConcern(key: string): boolean {
    const interfaceName = interfaceOfDocument(key);
    const isInterface = interfaceName !== key || key.includes('.');
    const isApplication = interfaceName === key;
    return (isInterface && this.#couldBeInterface(interfaceName)) || (isApplication && this.#couldBeApplication(key));
  }

  #metadataOf(role: Extract<DubboRole, { kind: 'instance' }>, data: Buffer): readonly Want<DubboRole>[] {
    const { interfaces } = this.#options.roots;
    const decoded = this.#nodes.instance(data, role);
    const revision = decoded.kind === 'instance' ? decoded.instance.revision : undefined;
    if (interfaces === undefined || revision === undefined) return [];
    const { application } = role;
    const path = join(join(join(interfaces, 'metadata'), application), revision);
    return [{ path, what: 'data', role: { kind: 'metadata', application, revision } }];
  }
}

function rootsOf({ interfaces, applications }: DubboOptions['roots']): readonly Want<DubboRole>[] {
  const root = (path: string | undefined, holds: Holds): readonly Want<DubboRole>[] =>
    path === undefined ? [] : [{ path, what: 'children', role: { kind: 'root', holds } }];
  if (interfaces === applications) return root(interfaces, 'both');
  return [...root(interfaces, 'interfaces'), ...root(applications, 'applications')];
}

/**
 * Where applications are read too, excluded interfaces are: a process that provides nothing else must be known to be excluded,
 * although its record at the application level does not say what it provides.
 */
function interfaceScope({ roots }: PlanOptions, scope: ScopeOptions): ScopeOptions {
  return roots.applications === undefined ? scope : { ...scope, exclude: [] };
}

function providersOf(directory: string, name: string): Want<DubboRole> {
  const role: DubboRole = { kind: 'providers', interfaceName: decodePercent(name), directory };
  return { path: join(directory, 'providers'), what: 'children', role };
}

function instances(path: string, application: string, names: readonly string[]): readonly Want<DubboRole>[] {
  return names
    .filter((name) => INSTANCE_ID.test(name))
    .map((id) => ({ path: join(path, id), what: 'data', role: { kind: 'instance', application, id } }));
}

function join(path: string, name: string): string {
  return path === '/' ? `/${name}` : `${path}/${name}`;
}
