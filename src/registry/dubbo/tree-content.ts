// SPDX-License-Identifier: Apache-2.0
// All that was read of the tree, decoded and put where it is looked for. What it means together is not asked here.
import { counted } from '../../lib/counted.ts';
import { type Problem, problem } from '../../model/problem.ts';
import type { NodeContent, TreeChange } from '../zookeeper/tree-plan.ts';
import { ApplicationBook } from './application-book.ts';
import type { DecodedNodes, ProviderDirectory } from './decoded-nodes.ts';
import type { DubboPlan } from './dubbo-plan.ts';
import { Filed } from './filed.ts';
import type { ProblemList } from './problem-list.ts';
import { decodeApplicationMetadata } from './records/application-metadata.ts';
import { type Consumer, decodeConsumer } from './records/consumer.ts';
import type { Provider, ProviderRules } from './records/provider.ts';
import type { DubboRole, Holds } from './roles.ts';
import { decodeOverrides } from './rules/override-rules.ts';
import type { RuleSet } from './rules/rule.ts';
import { interfaceOfDocument, RuleBook } from './rules/rule-book.ts';
import { decodeRuleDocument } from './rules/rule-document.ts';

export interface LeftAlone {
  readonly holds: Holds;
  /** Names below a root that the scope leaves out unread. */
  readonly names: readonly string[];
}

const MISSING: NodeContent = { kind: 'missing' };

export class TreeContent {
  readonly applications = new ApplicationBook();
  /** By path of the root. */
  readonly leftAlone = new Map<string, LeftAlone>();
  readonly #rules = new RuleBook();
  /** By interface. */
  readonly #consumers = new Filed<readonly Consumer[]>();
  /** Interfaces with a provider in scope now: what stands beside others is read, or not, for reasons of history. */
  readonly #provided = new Filed<true>();
  readonly #registry: string;
  readonly #plan: DubboPlan;
  readonly #nodes: DecodedNodes;
  readonly #decoding: ProviderRules;
  readonly #problems: ProblemList;
  #touched = new Set<string>();

  constructor(registry: string, plan: DubboPlan, nodes: DecodedNodes, decoding: ProviderRules, problems: ProblemList) {
    this.#registry = registry;
    this.#plan = plan;
    this.#nodes = nodes;
    this.#decoding = decoding;
    this.#problems = problems;
  }

  /** Interfaces of which something beside the providers changed since the last call. */
  takeTouchedInterfaces(): ReadonlySet<string> {
    const touched = this.#touched;
    this.#touched = new Set();
    return touched;
  }

  rulesFor(provider: Provider): readonly RuleSet[] {
    return this.#rules.setsFor(provider, this.#isProvided(provider.interfaceName));
  }

  consumersOf(interfaceName: string): readonly Consumer[] {
    return this.#isProvided(interfaceName) ? this.#consumers.of(interfaceName).flat() : [];
  }

  #isProvided(interfaceName: string): boolean {
    return this.#provided.of(interfaceName).length > 0;
  }

  /** A path of which nothing was ever read tells nothing; one that nobody wants any more holds nothing. */
  take({ kind, node }: TreeChange<DubboRole>): void {
    const content = kind === 'forgotten' ? MISSING : node.content;
    if (content === undefined) return;
    const { path, role } = node.want;
    switch (role.kind) {
      case 'root':
        this.leftAlone.set(path, { holds: role.holds, names: this.#plan.leftAlone(role.holds, namesIn(content)) });
        break;
      case 'providers':
        this.#takeProviders(path, role.interfaceName, content);
        break;
      case 'configurators':
      case 'consumers':
        this.#takeBeside(path, role.kind, role.interfaceName, namesIn(content));
        break;
      case 'rule':
        this.#takeRule(path, role.key, content);
        break;
      case 'instance':
      case 'metadata':
        this.#takeOfApplication(role, content);
        break;
    }
  }

  #takeProviders(path: string, interfaceName: string, content: NodeContent): void {
    const directory = this.#nodes.providers(path, interfaceName, namesIn(content));
    if (content.kind === 'missing') this.#nodes.forgetProviders(path);
    this.applications.setProviders(path, directory.providers);
    const wasProvided = this.#isProvided(interfaceName);
    this.#provided.set(interfaceName, path, directory.providers.some(({ isInScope }) => isInScope) || undefined);
    if (wasProvided !== this.#isProvided(interfaceName)) this.#touched.add(interfaceName);
    this.#problems.set(`directory ${path}`, unreadableIn(directory, this.#registry));
  }

  #takeBeside(path: string, kind: 'configurators' | 'consumers', of: string, names: readonly string[]): void {
    this.#touched.add(of);
    const isEmpty = names.length === 0;
    if (kind === 'configurators') this.#rules.overrides.set(of, path, isEmpty ? undefined : decodeOverrides(names, of));
    else this.#consumers.set(of, path, isEmpty ? undefined : names.flatMap((name) => decodeConsumer(name) ?? []));
  }

  #takeRule(path: string, key: string, content: NodeContent): void {
    this.#touched.add(interfaceOfDocument(key));
    this.applications.touch(key);
    const rules = content.kind === 'data' ? decodeRuleDocument(content.data, key) : undefined;
    this.#rules.documents.set(key, path, rules);
  }

  #takeOfApplication(role: Extract<DubboRole, { kind: 'instance' | 'metadata' }>, content: NodeContent): void {
    const data = content.kind === 'data' ? content.data : undefined;
    if (role.kind === 'instance') {
      const decoded = data === undefined ? undefined : this.#nodes.instance(data, role);
      this.applications.setInstance(role.application, role.id, decoded);
    } else {
      const services = data === undefined ? [] : decodeApplicationMetadata(data, this.#decoding.isSecret);
      this.applications.setMetadata(role.application, role.revision, services);
    }
  }
}

function namesIn(content: NodeContent): readonly string[] {
  return content.kind === 'children' ? content.names : [];
}

/** Told unless all that can be read of the directory is outside the scope: of what cannot be read nobody knows. */
function unreadableIn(
  { interfaceName, providers, unreadable }: ProviderDirectory,
  registry: string,
): readonly Problem[] {
  if (providers.length > 0 && !providers.some(({ isInScope }) => isInScope)) return [];
  return [...unreadable].map(([why, count]) =>
    problem('INSTANCE_MALFORMED', { registry }, `${counted(count, 'provider')} of ${interfaceName}, because ${why}`),
  );
}
