// SPDX-License-Identifier: Apache-2.0
// A registry seen through a scope: everything downstream knows only what belongs to this bridge. An instance that leaves
// the scope is gone like one that deregistered; a service without an instance in scope is absent.
import { sameEntries, sameItems } from '../../lib/same-objects.ts';
import type { Problem } from '../../model/problem.ts';
import type { Instance, Service, ServiceKey } from '../../model/service.ts';
import type { Log } from '../../observe/log.ts';
import type { Services } from '../identity.ts';
import { OUTSIDE_UNKNOWN, type Outside } from '../outside.ts';
import type { Content, Registry, Slice } from '../registry.ts';
import { isWholeRegistry, type JudgeScope, judgeScope, type ScopeOptions } from '../scope.ts';
import type { RegistrySession } from '../session.ts';
import { leftOutBy } from './left-out.ts';

export class SelectedRegistry implements Registry {
  readonly #inner: Registry;
  readonly #log: Log;
  #selection: Selection;
  #revision = 0;
  #seen: readonly Slice[] | undefined;
  #slices: readonly Slice[] = [];
  #matchesNothing = false;
  #onChange: () => void = () => {};

  constructor(inner: Registry, scope: ScopeOptions, log: Log) {
    this.#inner = inner;
    this.#log = log;
    this.#selection = selectionFor(inner, scope);
  }

  get name(): string {
    return this.#inner.name;
  }

  slices(): readonly Slice[] {
    const inner = this.#inner.slices();
    if (this.#seen !== inner) {
      this.#seen = inner;
      this.#slices = inner.map((slice) => this.#selectSlice(slice));
    }
    return this.#slices;
  }

  start(onChange: () => void): void {
    this.#onChange = onChange;
    this.#inner.start(() => this.#changed());
  }

  close(): Promise<void> {
    return this.#inner.close();
  }

  /**
   * Another scope from here on, with what is already known of the registry. What it removes is meant: `scopeRevision`
   * rises. Calls `onChange` before it returns.
   */
  setScope(scope: ScopeOptions): void {
    this.#inner.setScope?.(scope);
    this.#selection = selectionFor(this.#inner, scope);
    this.#revision++;
    this.#seen = undefined;
    // A registry that kept only what was in scope reads anew: until then nothing is known of what else matches.
    if (this.#inner.setScope === undefined) this.#warnWhenNothingMatches();
    this.#onChange();
  }

  #changed(): void {
    this.#warnWhenNothingMatches();
    this.#onChange();
  }

  #selectSlice(slice: Slice): Slice {
    const { reading, scopeRevision: innerRevision, matched } = slice;
    const scopeRevision = innerRevision + this.#revision;
    if (reading.kind === 'waiting') return { ...slice, scopeRevision };
    const content = this.#selection.select(reading.content);
    const counts = { services: content.services.size, ofServices: matched.ofServices };
    return { ...slice, reading: { ...reading, content }, scopeRevision, matched: counts };
  }

  /** What the inner registry leaves out itself, and what is left out here. */
  outside(): Outside {
    const inner = this.#inner.outside?.() ?? OUTSIDE_UNKNOWN;
    return this.#selection.outside(this.#inner.slices(), inner);
  }

  readAnew(): void {
    this.#inner.readAnew?.();
  }

  session(): RegistrySession | undefined {
    return this.#inner.session?.();
  }

  /** Most often a typing error, or a registry that hides what the account may not see. */
  #warnWhenNothingMatches(): void {
    const listed = this.slices().filter(({ matched }) => matched.ofServices > 0);
    const matchesNothing = listed.length > 0 && listed.every(({ matched }) => matched.services === 0);
    if (matchesNothing && !this.#matchesNothing) this.#log.warn('scope.matches_nothing', { registry: this.name });
    this.#matchesNothing = matchesNothing;
  }
}

const EVERYTHING: ScopeOptions = { include: [], exclude: [] };

/** A registry that asks the scope about each of its records has left out what does not belong here. */
function selectionFor({ scopesRecords }: Registry, scope: ScopeOptions): Selection {
  return new Selection(scopesRecords === true ? EVERYTHING : scope);
}

/** One scope with what it made of each service; what is unchanged is asked once, and its selected form keeps identity. */
class Selection {
  readonly #scope: ScopeOptions;
  readonly #judge: JudgeScope;
  readonly #isWhole: boolean;
  readonly #selected = new WeakMap<Service, Service | 'absent'>();
  #services: { readonly from: Services; readonly to: Services } | undefined;
  #problems:
    | { readonly from: readonly Problem[]; readonly within: Services; readonly to: readonly Problem[] }
    | undefined;

  constructor(scope: ScopeOptions) {
    this.#scope = scope;
    this.#judge = judgeScope(scope);
    this.#isWhole = isWholeRegistry(scope);
  }

  select(content: Content): Content {
    if (this.#isWhole) return content;
    const services = this.#selectServices(content.services);
    return { ...content, services, problems: this.#selectProblems(content, services) };
  }

  outside(slices: readonly Slice[], inner: Outside): Outside {
    return this.#isWhole ? { ...inner, scope: inner.scope ?? this.#scope } : leftOutBy(this.#scope, slices, inner);
  }

  #selectServices(from: Services): Services {
    const former = this.#services;
    if (former?.from === from) return former.to;
    const selected = new Map<ServiceKey, Service>();
    for (const [key, service] of from) {
      const kept = this.#selectService(service, former?.to.get(key));
      if (kept !== 'absent') selected.set(key, kept);
    }
    const to = former !== undefined && sameEntries(former.to, selected) ? former.to : selected;
    this.#services = { from, to };
    return to;
  }

  #selectService(service: Service, former: Service | undefined): Service | 'absent' {
    const known = this.#selected.get(service);
    if (known !== undefined) return known;
    const kept = withInstances(
      service,
      service.instances.filter((instance) => this.#judge(instance).kind === 'in-scope'),
      former,
    );
    this.#selected.set(service, kept);
    return kept;
  }

  /** Drops what is about services that are listed but wholly outside; of a service with no readable instance nobody knows. */
  #selectProblems({ services, problems }: Content, within: Services): readonly Problem[] {
    const former = this.#problems;
    if (former?.from === problems && former.within === within) return former.to;
    const outside = new Set<string>();
    for (const [key, { name, instances }] of services) if (instances.length > 0 && !within.has(key)) outside.add(name);
    const to = problems.filter((found) => !outside.has(found.service));
    this.#problems = { from: problems, within, to };
    return to;
  }
}

/** `former` itself when only instances outside the scope changed: for everyone downstream nothing did. */
function withInstances(
  service: Service,
  instances: readonly Instance[],
  former: Service | undefined,
): Service | 'absent' {
  if (instances.length === 0) return 'absent';
  if (instances.length === service.instances.length) return service;
  return former !== undefined && sameItems(former.instances, instances) ? former : { ...service, instances };
}
