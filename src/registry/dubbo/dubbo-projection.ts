// SPDX-License-Identifier: Apache-2.0
// The tree of Dubbo as services. All of it is kept by application: a change is found to be about some of them, and these alone
// are joined anew.
import { problem } from '../../model/problem.ts';
import type { Outside } from '../outside.ts';
import { isWholeRegistry, judgeScope, type ScopeOptions } from '../scope.ts';
import type { Projected, TreeChange, TreeNode, TreeProjection, Want } from '../zookeeper/tree-plan.ts';
import type { Application } from './application-book.ts';
import { DecodedNodes } from './decoded-nodes.ts';
import { outsideOf } from './dubbo-outside.ts';
import { DubboPlan } from './dubbo-plan.ts';
import {
  type ApplicationServices,
  type JoinOptions,
  type Surroundings,
  serviceNameOf,
  servicesOfApplication,
} from './join/application-services.ts';
import type { DubboOptions } from './options.ts';
import { ProblemList } from './problem-list.ts';
import { compileDubboSecrets } from './records/parameters.ts';
import { isWithin } from './records/provider.ts';
import type { DubboRole } from './roles.ts';
import { ServiceBook } from './service-book.ts';
import { TreeContent } from './tree-content.ts';

export type ProjectionOptions = Pick<
  DubboOptions,
  'roots' | 'services' | 'consumers' | 'metadataKeys' | 'region' | 'secretKeys'
>;

/** Asks the scope about each provider; where none is known of a record of the application level, about the record. */
export function createDubboProjection(
  registry: string,
  options: ProjectionOptions,
  scope: ScopeOptions,
): TreeProjection<DubboRole> {
  return new DubboProjection(registry, options, scope);
}

class DubboProjection implements TreeProjection<DubboRole> {
  readonly #options: JoinOptions;
  readonly #scope: ScopeOptions;
  readonly #plan: DubboPlan;
  readonly #content: TreeContent;
  readonly #surroundings: Surroundings;
  readonly #joined = new Map<string, ApplicationServices>();
  readonly #services: ServiceBook;
  readonly #problems = new ProblemList();

  constructor(registry: string, options: ProjectionOptions, scope: ScopeOptions) {
    const judge = isWholeRegistry(scope) ? undefined : judgeScope(scope);
    const decoding = { judge, isSecret: compileDubboSecrets(options.secretKeys) };
    const nodes = new DecodedNodes(decoding);
    this.#options = { ...options, registry, judge };
    this.#scope = scope;
    this.#plan = new DubboPlan(options, scope, nodes);
    const content = new TreeContent(registry, this.#plan, nodes, decoding, this.#problems);
    this.#content = content;
    this.#surroundings = {
      rulesFor: (provider) => content.rulesFor(provider),
      consumersOf: (interfaceName) => content.consumersOf(interfaceName),
    };
    this.#services = new ServiceBook(registry, this.#problems);
  }

  get roots(): readonly Want<DubboRole>[] {
    return this.#plan.roots;
  }

  expand(node: TreeNode<DubboRole>): readonly Want<DubboRole>[] {
    return this.#plan.expand(node);
  }

  project(changes: readonly TreeChange<DubboRole>[]): Projected {
    for (const change of changes) this.#content.take(change);
    this.#touch(this.#content.takeTouchedInterfaces());
    for (const application of this.#content.applications.takeChanged()) this.#join(application);
    const services = this.#services.services();
    return { services, problems: this.#problems.list(), ofServices: this.#countServices() };
  }

  #touch(touched: ReadonlySet<string>): void {
    for (const [application, { interfaces }] of this.#joined)
      for (const one of touched) if (interfaces.has(one)) this.#content.applications.touch(application);
  }

  #join(name: string): void {
    const application = this.#content.applications.get(name);
    if (application === undefined || application.isGone) {
      this.#joined.delete(name);
      this.#services.set(name, []);
      this.#problems.set(`application ${name}`, []);
      return;
    }
    const joined = this.#servicesOf(name, application);
    this.#joined.set(name, joined);
    this.#services.set(name, joined.contributions);
    this.#problems.set(`application ${name}`, joined.problems);
  }

  #servicesOf(name: string, { providers, instances, metadata }: Application): ApplicationServices {
    const decoded = [...instances];
    const content = {
      providers: [...providers.values()].flat(),
      instances: decoded.flatMap(([, one]) => (one.kind === 'instance' ? [one.instance] : [])),
      servicesOf: (revision: string) => metadata.get(revision),
    };
    const joined = servicesOfApplication(name, content, this.#surroundings, this.#options);
    const malformed = decoded.flatMap(([id, one]) => {
      if (one.kind !== 'unreadable') return [];
      const alone = { application: name, ...NO_SERVICE, parameters: one.parameters };
      const about = { registry: this.#options.registry, service: name, instance: id };
      return isWithin(this.#options.judge, alone) ? [problem('INSTANCE_MALFORMED', about, one.why)] : [];
    });
    return { ...joined, problems: [...joined.problems, ...malformed] };
  }

  outside(): Outside {
    const { registry } = this.#options;
    return outsideOf({
      registry,
      scope: this.#scope,
      counted: this.#counted(),
      services: this.#services.services(),
      leftAlone: [...this.#content.leftAlone.values()],
      listed: new Map([...this.#joined].map(([application, { listed }]) => [application, listed])),
      providersOf: (application) => [...(this.#content.applications.get(application)?.providers.values() ?? [])].flat(),
      serviceOf: (provider) => serviceNameOf(provider, provider.application, this.#options),
    });
  }

  /** Of what the scope leaves unread a name of the asked kind counts as a service, and if there are only others, these as one. */
  #countServices(): number {
    const counted = this.#counted();
    const listed = new Set<string>();
    for (const joined of this.#joined.values()) for (const name of joined.listed) listed.add(name);
    let isMore = false;
    for (const { holds, names } of this.#content.leftAlone.values()) {
      if (holds !== 'both' && holds !== counted) isMore ||= names.length > 0;
      else for (const name of names) listed.add(name);
    }
    return listed.size === 0 && isMore ? 1 : listed.size;
  }

  #counted(): 'applications' | 'interfaces' {
    return this.#options.services === 'application' ? 'applications' : 'interfaces';
  }
}

const NO_SERVICE = { interfaceName: '', group: '', version: '' };
