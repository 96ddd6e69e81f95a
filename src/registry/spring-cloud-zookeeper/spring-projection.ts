// SPDX-License-Identifier: Apache-2.0
// The tree of Spring Cloud ZooKeeper as services: a directory is made anew when one of its nodes changed, and only then.
import { changedMap } from '../../lib/changed-map.ts';
import { compareTexts } from '../../lib/compare-texts.ts';
import type { Problem } from '../../model/problem.ts';
import { type Service, serviceKey } from '../../model/service.ts';
import { compileSecrets } from '../decoding/secrets.ts';
import { keepService, type Services } from '../identity.ts';
import type { Outside } from '../outside.ts';
import { sameProblems } from '../same-problems.ts';
import { createScope, type ScopeOptions } from '../scope.ts';
import type { Projected, TreeChange, TreeNode, TreeProjection, Want } from '../zookeeper/tree-plan.ts';
import type { SpringCloudZooKeeperOptions } from './options.ts';
import { type Gathered, gather, type Member } from './service-members.ts';
import { outsideOf } from './spring-outside.ts';
import { SpringPlan, type SpringRole } from './spring-plan.ts';
import { toMember } from './to-member.ts';
import type { InstanceRules } from './to-registration.ts';

export type ProjectionOptions = Pick<SpringCloudZooKeeperOptions, 'root' | 'metadataKeys' | 'region' | 'secretKeys'>;

export function createSpringCloudZooKeeperProjection(
  registry: string,
  options: ProjectionOptions,
  scope: ScopeOptions,
): TreeProjection<SpringRole> {
  return new SpringProjection(registry, options, scope);
}

/** What is known of one directory. */
interface Directory {
  /** What can be or hold services below it and is left alone because of the scope. */
  leftAlone: readonly string[];
  /** By node name. */
  readonly members: Map<string, Member>;
  gathered: Gathered;
}

const NOTHING: Gathered = { service: undefined, isService: false, problems: [] };

class SpringProjection implements TreeProjection<SpringRole> {
  readonly #registry: string;
  readonly #plan: SpringPlan;
  readonly #rules: InstanceRules;
  readonly #scope: ScopeOptions;
  /** By path below the root. */
  readonly #directories = new Map<string, Directory>();
  #services: Services = new Map();
  #problems: readonly Problem[] = [];

  constructor(registry: string, options: ProjectionOptions, scope: ScopeOptions) {
    this.#registry = registry;
    this.#scope = scope;
    this.#plan = new SpringPlan(options.root, scope);
    const isSecret = compileSecrets(options.secretKeys);
    this.#rules = { ...options, registry, isInScope: createScope(scope), isSecret };
  }

  get roots(): readonly Want<SpringRole>[] {
    return this.#plan.roots;
  }

  expand(node: TreeNode<SpringRole>): readonly Want<SpringRole>[] {
    return this.#plan.expand(node);
  }

  project(changes: readonly TreeChange<SpringRole>[]): Projected {
    const touched = new Set<string>();
    for (const change of changes) {
      this.#take(change);
      touched.add(change.node.want.role.service);
    }
    this.#gather(touched);
    return { services: this.#services, problems: this.#problems, ofServices: this.#countServices() };
  }

  outside(): Outside {
    return outsideOf(this.#directories, this.#scope);
  }

  #take({ kind, node: { want, content } }: TreeChange<SpringRole>): void {
    const { role } = want;
    const known = kind === 'read' ? content : undefined;
    const directory = this.#directory(role.service);
    if (role.kind === 'directory') {
      directory.leftAlone = this.#plan.outlook(role, known).leftAlone;
      return;
    }
    const member = toMember(role, known, this.#plan, this.#rules);
    if (member === undefined) directory.members.delete(role.node);
    else directory.members.set(role.node, member);
  }

  #directory(path: string): Directory {
    const known = this.#directories.get(path);
    if (known !== undefined) return known;
    const directory: Directory = { leftAlone: [], members: new Map(), gathered: NOTHING };
    this.#directories.set(path, directory);
    return directory;
  }

  #gather(touched: ReadonlySet<string>): void {
    const made = [...touched].map((path) => [serviceKey(this.#registry, path), this.#gatherOne(path)] as const);
    this.#services = changedMap(this.#services, made);
    const problems = this.#gatherProblems();
    if (!sameProblems(this.#problems, problems)) this.#problems = problems;
  }

  #gatherOne(path: string): Service | undefined {
    const directory = this.#directory(path);
    const fresh = gather({ registry: this.#registry, service: path }, directory.members);
    const service = fresh.service && keepService(directory.gathered.service, fresh.service);
    directory.gathered = { ...fresh, service };
    if (directory.leftAlone.length === 0 && directory.members.size === 0) this.#directories.delete(path);
    return service;
  }

  /** In the order of names, so that the order of changes does not show. */
  #gatherProblems(): readonly Problem[] {
    return [...this.#directories]
      .filter(([, { gathered }]) => gathered.problems.length > 0)
      .sort(([a], [b]) => compareTexts(a, b))
      .flatMap(([, { gathered }]) => gathered.problems);
  }

  /** What the scope leaves alone counts as a service for each node that was seen: nobody knows what is behind it. */
  #countServices(): number {
    let count = 0;
    for (const { leftAlone, members, gathered } of this.#directories.values()) {
      count += leftAlone.length + (gathered.isService ? 1 : 0);
      for (const { kind } of members.values()) if (kind === 'left-alone') count++;
    }
    return count;
  }
}
