// SPDX-License-Identifier: Apache-2.0
// Which nodes below the root are read: directories, and the data of what stands in them. Service names can be nested, and only
// the data of a node tells whether it is an instance or one more directory. What cannot hold anything in scope is left alone.
import { couldMatch, type ScopeOptions } from '../scope.ts';
import { decodeCurator } from '../zookeeper/curator.ts';
import type { NodeContent, TreeNode, TreePlan, Want } from '../zookeeper/tree-plan.ts';
import { mayHoldServices } from './service-subtree.ts';

/** `service` is the path below the root: the name of a service, or the beginning of one. '' is the root itself. */
export type SpringRole = DirectoryRole | NodeRole;

export interface DirectoryRole {
  readonly kind: 'directory';
  readonly service: string;
}

export interface NodeRole {
  readonly kind: 'node';
  /** Of the directory that it stands in. */
  readonly service: string;
  readonly node: string;
}

/** What the content of a node means for reading on. */
export interface Outlook {
  readonly wants: readonly Want<SpringRole>[];
  /** Paths below the root that can be or hold services and are left alone because of the scope. */
  readonly leftAlone: readonly string[];
  /** A node that is no instance and too deep to be a directory. */
  readonly isTooDeep: boolean;
}

/** Levels of a service name. A limit, because whoever may write could otherwise have the whole ensemble read. */
const DEEPEST_NAME = 8;

/** Beginning of the name of a provider of Dubbo, where that registers below the same root: the name is a URL, and all there is. */
export const ENCODED_URL = /^[a-z][a-z0-9+.-]*%3A%2F%2F/i;

const NOTHING: Outlook = { wants: [], leftAlone: [], isTooDeep: false };

export class SpringPlan implements TreePlan<SpringRole> {
  readonly roots: readonly Want<SpringRole>[];
  /** Whether an instance of this service could be in scope. */
  readonly mayBeInScope: (service: string) => boolean;
  readonly #root: string;
  readonly #mayHoldServices: (path: string) => boolean;

  constructor(root: string, scope: ScopeOptions) {
    this.#root = root;
    this.mayBeInScope = couldMatch(scope, 'service');
    this.#mayHoldServices = mayHoldServices(scope);
    this.roots = [{ path: root, what: 'children', role: { kind: 'directory', service: '' } }];
  }

  expand({ want: { role }, content }: TreeNode<SpringRole>): readonly Want<SpringRole>[] {
    return this.outlook(role, content).wants;
  }

  outlook(role: SpringRole, content: NodeContent | undefined): Outlook {
    if (content === undefined || content.kind === 'missing') return NOTHING;
    return role.kind === 'directory' ? this.#within(role.service, content) : this.#behind(role, content);
  }

  #within(service: string, content: NodeContent): Outlook {
    if (content.kind !== 'children') return NOTHING;
    const names = content.names.filter((name) => !ENCODED_URL.test(name));
    const wants: Want<SpringRole>[] = [];
    const leftAlone: string[] = [];
    for (const name of names) {
      const wanted = service === '' ? this.#directory(name) : this.#data(service, name);
      if (wanted.length > 0) wants.push(...wanted);
      else leftAlone.push(service === '' ? name : `${service}/${name}`);
    }
    return { wants, leftAlone, isTooDeep: false };
  }

  /** What is no record is taken for a directory. */
  #behind({ service, node }: NodeRole, content: NodeContent): Outlook {
    if (content.kind !== 'data' || decodeCurator(content.data) !== undefined) return NOTHING;
    const path = `${service}/${node}`;
    if (isTooDeep(path)) return { ...NOTHING, isTooDeep: true };
    const wants = this.#directory(path);
    return { wants, leftAlone: wants.length === 0 ? [path] : [], isTooDeep: false };
  }

  #directory(service: string): readonly Want<SpringRole>[] {
    if (!this.#mayHoldServices(service)) return [];
    return [{ path: this.#pathOf(service), what: 'children', role: { kind: 'directory', service } }];
  }

  /** Read where it may be an instance in scope, or a directory on the way to one. */
  #data(service: string, node: string): readonly Want<SpringRole>[] {
    const path = `${service}/${node}`;
    const isOnTheWay = !isTooDeep(path) && this.#mayHoldServices(path);
    if (!isOnTheWay && !this.mayBeInScope(service)) return [];
    return [{ path: this.#pathOf(path), what: 'data', role: { kind: 'node', service, node } }];
  }

  #pathOf(below: string): string {
    return this.#root === '/' ? `/${below}` : `${this.#root}/${below}`;
  }
}

function isTooDeep(service: string): boolean {
  return service.split('/').length > DEEPEST_NAME;
}
