// SPDX-License-Identifier: Apache-2.0
// What one application contributes to the services of the registry: all of itself to one of its own name, or to one for each
// interface with its group and version.

import { groupBy } from '../../../lib/group-by.ts';
import { type Problem, problem } from '../../../model/problem.ts';
import type { Instance } from '../../../model/service.ts';
import type { Report } from '../../decoding/spring-metadata.ts';
import type { JudgeScope } from '../../scope.ts';
import type { Provider } from '../records/provider.ts';
import { interfaceServiceName, serviceKeyText } from '../records/service-identity.ts';
import { applyRules, type Rule, type RuleSet } from '../rules/rule.ts';
import { type ConsumersOf, type Inventory, inventoryOf, sortedOnce } from './inventory.ts';
import { newestProviders, providerId } from './newest-providers.ts';
import { type ApplicationContent, joinProcesses, type Process } from './processes.ts';
import { type InstanceOptions, type Judged, toInstance } from './to-instance.ts';

export interface JoinOptions extends InstanceOptions {
  readonly registry: string;
  readonly judge: JudgeScope | undefined;
}

/** What stands beside the providers and is about them. */
export interface Surroundings {
  readonly rulesFor: (provider: Provider) => readonly RuleSet[];
  readonly consumersOf: ConsumersOf;
}

export interface Contribution {
  readonly service: string;
  /** Ordered by nothing. */
  readonly members: readonly ContributedInstance[];
  readonly inventory: Inventory;
}

export interface ContributedInstance {
  readonly instance: Instance;
  /** As in Provider: of the newest of its providers. */
  readonly registeredAtMs: number;
}

export interface ApplicationServices {
  readonly contributions: readonly Contribution[];
  readonly problems: readonly Problem[];
  /** All interfaces in scope: whatever stands beside them in the registry is about this application. */
  readonly interfaces: ReadonlySet<string>;
  /** Names of all services that it is in, were everything in scope. */
  readonly listed: ReadonlySet<string>;
}

/** What one process provides of one service. */
interface Member {
  readonly process: Process;
  readonly judged: readonly Judged[];
}

export function servicesOfApplication(
  application: string,
  content: ApplicationContent,
  surroundings: Surroundings,
  options: JoinOptions,
): ApplicationServices {
  const { newest, contradicted } = newestProviders(content.providers);
  const processes = joinProcesses({ ...content, providers: newest }, options.judge);
  const serviceOf = (provider: Provider): string => serviceNameOf(provider, application, options);
  const members = membersByService(processes, serviceOf, surroundings);
  const nameless = members.get(UNNAMED) ?? [];
  members.delete(UNNAMED);
  const made = [...members].map(([service, ofService]) => contribute(service, ofService, surroundings, options));
  const problems = [
    ...contradicted.map((provider) => duplicate(provider, serviceOf(provider), options.registry)),
    ...nameless.map(({ process }) => unnamed(application, process, options.registry)),
    ...made.flatMap((one) => one.problems),
  ];
  const contributions = made.map((one) => one.contribution);
  const isWhole = options.services === 'application';
  const listed = new Set(isWhole ? [application] : [...content.providers.map(serviceOf), ...members.keys()]);
  return { contributions, problems, interfaces: interfacesOf(processes), listed };
}

/** The service that a provider of an application is in. */
export function serviceNameOf(
  provider: Provider,
  application: string,
  { services }: Pick<JoinOptions, 'services'>,
): string {
  return services === 'application' ? application : nameOfInterface(provider);
}

/** Name of no service: for what provides no interface that is known. */
const UNNAMED = '';

function nameOfInterface(provider: Provider): string {
  return provider.interfaceName === '' ? UNNAMED : interfaceServiceName(provider);
}

function membersByService(
  processes: readonly Process[],
  serviceOf: (provider: Provider) => string,
  { rulesFor }: Surroundings,
): Map<string, readonly Member[]> {
  const judge = (provider: Provider): Judged => {
    const sets = rulesFor(provider);
    return { provider, effect: applyRules(provider, sets), faults: sets.flatMap(({ faults }) => faults) };
  };
  const parts = processes.flatMap((process) =>
    [...groupBy(process.providers.map(judge), ({ provider }) => serviceOf(provider))].map(([service, judged]) => {
      return { service, process, judged };
    }),
  );
  return groupBy(parts, ({ service }) => service);
}

function contribute(
  service: string,
  members: readonly Member[],
  { consumersOf }: Surroundings,
  options: JoinOptions,
): { readonly contribution: Contribution; readonly problems: readonly Problem[] } {
  const isWhole = options.services === 'application';
  const problems: Problem[] = [];
  const contributed = members.map(({ process, judged }) => {
    const about = { registry: options.registry, service, instance: process.id };
    const report: Report = (code, value) => problems.push(problem(code, about, value));
    const endpoints = isWhole ? (process.instance?.endpoints ?? []) : [];
    const instance = toInstance(process, judged, endpoints, options, report);
    return { instance, registeredAtMs: newest(judged) };
  });
  const providers = members.flatMap(({ judged }) => judged.map(({ provider }) => provider));
  return {
    contribution: { service, members: contributed, inventory: inventoryOf(providers, consumersOf) },
    problems: [...problems, ...aboutRules(service, members, options.registry)],
  };
}

function newest(judged: readonly Judged[]): number {
  return judged.reduce((newestMs, { provider }) => Math.max(newestMs, provider.registeredAtMs), 0);
}

/** Once for each rule, whatever number of providers it is about. */
function aboutRules(service: string, members: readonly Member[], registry: string): readonly Problem[] {
  const judged = members.flatMap((member) => member.judged);
  const rules = new Set(judged.flatMap(({ effect }) => effect.applied));
  const ignored = [...rules].filter(({ notHonoured }) => notHonoured.length > 0).map(notHonoured);
  const faults = judged.flatMap((one) => one.faults);
  return sortedOnce([...ignored, ...faults]).map((value) => problem('FIELD_IGNORED', { registry, service }, value));
}

function notHonoured(rule: Rule): string {
  const names = rule.notHonoured.join(', ');
  const subject = rule.service === undefined ? (rule.application ?? 'all') : serviceKeyText(rule.service);
  return `${names} of a configurator for ${subject}: not honoured, as only weight and disabled are`;
}

function duplicate(provider: Provider, service: string, registry: string): Problem {
  const instance = `${provider.address}:${provider.port}`;
  return problem('INSTANCE_DUPLICATE', { registry, service, instance }, providerId(provider));
}

function unnamed(service: string, process: Process, registry: string): Problem {
  const why =
    'it names no interface, and its metadata is not in the registry: with `services: interface` it is in no service';
  return problem('INSTANCE_MALFORMED', { registry, service, instance: process.id }, why);
}

function interfacesOf(processes: readonly Process[]): ReadonlySet<string> {
  return new Set(processes.flatMap(({ providers }) => providers.map(({ interfaceName }) => interfaceName)));
}
