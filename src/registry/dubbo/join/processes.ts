// SPDX-License-Identifier: Apache-2.0
// What the two levels say of one application, joined into its processes: who is asked by a caller is a process, whatever number
// of interfaces, protocols and levels it is registered under.
import { compareTexts } from '../../../lib/compare-texts.ts';
import { groupBy } from '../../../lib/group-by.ts';
import type { JudgeScope } from '../../scope.ts';
import type { ApplicationInstance } from '../records/application-instance.ts';
import type { ProvidedService } from '../records/application-metadata.ts';
import { isReachable } from '../records/protocols.ts';
import { type Provider, scoped } from '../records/provider.ts';
import { schemesOf } from './offered-ports.ts';

export interface ApplicationContent {
  /** From the interface level. Those of an address and port are of one process. */
  readonly providers: readonly Provider[];
  /** From the application level. */
  readonly instances: readonly ApplicationInstance[];
  readonly servicesOf: (revision: string) => readonly ProvidedService[] | undefined;
}

export interface Process {
  /** That of the application level, else `address:port` of its first port. */
  readonly id: string;
  readonly address: string;
  /** Its record at the application level. */
  readonly instance: ApplicationInstance | undefined;
  /** What it provides and is in scope, at least one, ordered by nothing. */
  readonly providers: readonly Provider[];
}

/**
 * The application level is primary: a record takes all providers with its address and one of its ports. What is left of a host
 * is put together by ports. A process is in scope by what it provides; where nothing is known of that, by its record.
 */
export function joinProcesses(content: ApplicationContent, judge: JudgeScope | undefined): readonly Process[] {
  const left: Map<string, readonly Provider[]> = groupBy(content.providers, ({ address }) => address);
  const processes: Process[] = [];
  const add = (process: Process): void => {
    const providers = process.providers.filter((provider) => provider.isInScope);
    if (providers.length > 0) processes.push({ ...process, providers });
  };
  for (const instance of [...content.instances].sort((a, b) => compareTexts(a.id, b.id))) {
    const { id, address, endpoints } = instance;
    const ports = new Set([instance.port, ...endpoints.map(({ port }) => port)]);
    const [own, others] = partition(left.get(address) ?? [], ({ port }) => ports.has(port));
    left.set(address, others);
    add({ id, address, instance, providers: own.length > 0 ? own : providedBy(instance, content, judge) });
  }
  for (const [address, providers] of left) {
    for (const own of byProcess(providers)) {
      const port = own.reduce((lowest, provider) => Math.min(lowest, provider.port), Number.POSITIVE_INFINITY);
      add({ id: `${address}:${port}`, address, instance: undefined, providers: own });
    }
  }
  return processes;
}

/** As its metadata has it; without metadata each endpoint is a provider of which no interface is known. */
function providedBy(
  instance: ApplicationInstance,
  content: ApplicationContent,
  judge: JudgeScope | undefined,
): readonly Provider[] {
  const { application, address, endpoints, parameters, revision } = instance;
  const common = { application, address, isPersistent: false, registeredAtMs: 0 };
  const services = (revision === undefined ? undefined : content.servicesOf(revision)) ?? [];
  const portOf = (scheme: string): number | undefined => endpoints.find((one) => one.scheme === scheme)?.port;
  const provided = services.flatMap((service) => {
    const port = portOf(service.scheme) ?? service.port;
    if (port === undefined || !isReachable(service.scheme)) return [];
    const all = new Map([...parameters, ...service.parameters]);
    return [scoped({ ...service, ...common, port, parameters: all, knownBy: 'registration' }, judge)];
  });
  if (provided.length > 0) return provided;
  const nameless = { ...common, interfaceName: '', group: '', version: '', parameters, droppedSecrets: [] };
  return endpoints.map((endpoint) => scoped({ ...nameless, ...endpoint, knownBy: 'endpoint' }, judge));
}

/**
 * Several processes of one host: what has one port is one process, and the first port of each protocol belongs together, the
 * second ones do, and so on.
 */
function byProcess(providers: readonly Provider[]): readonly (readonly Provider[])[] {
  const nthOfPort = new Map<number, number>();
  const used = new Map<string, number>();
  for (const [port, samePort] of [...groupBy(providers, (provider) => provider.port)].sort(([a], [b]) => a - b)) {
    const schemes = new Set(samePort.flatMap(schemesOf));
    let nth = 0;
    for (const scheme of schemes) nth = Math.max(nth, used.get(scheme) ?? 0);
    for (const scheme of schemes) used.set(scheme, nth + 1);
    nthOfPort.set(port, nth);
  }
  return [...groupBy(providers, ({ port }) => nthOfPort.get(port)).values()];
}

function partition<Item>(items: readonly Item[], isFirst: (item: Item) => boolean): readonly [Item[], Item[]] {
  const first: Item[] = [];
  const second: Item[] = [];
  for (const item of items) (isFirst(item) ? first : second).push(item);
  return [first, second];
}
