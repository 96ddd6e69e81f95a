// SPDX-License-Identifier: Apache-2.0
// What is registered under a name, and what became of each instance: published, left out, kept although it left.
import type { ExplainedInstance, ExplainedProblem, InstancesStage, StageVerdict } from '../../admin/explanation.ts';
import { readAddress } from '../../convert/address.ts';
import type { Endpoint } from '../../convert/entry.ts';
import type { Missing } from '../../guard/guarded.ts';
import { counted } from '../../lib/counted.ts';
import { groupBy } from '../../lib/group-by.ts';
import { type Problem, problemLoss } from '../../model/problem.ts';
import { CATALOGUE } from '../../model/problem-catalogue.ts';
import type { Instance } from '../../model/service.ts';
import { shownId } from './asked-instance.ts';
import { askedFirst, explainProblem, hasEndpoints, problemsAt, type Subject } from './subject.ts';

export function instancesStage(subject: Subject): InstancesStage {
  const { listed, guarded, problems, unit, asked } = subject;
  const instances = (guarded ?? listed)?.instances ?? [];
  const drainingAs = new Map(subject.draining.map(({ id, status }) => [id, status]));
  const fateOf = fates(subject, drainingAs);
  const explained = instances.map((instance) => ({
    ...described(instance),
    status: drainingAs.get(instance.id) ?? instance.status,
    isAsked: asked?.isMeant(instance) === true,
    ...fateOf(instance),
  }));
  const published = explained.filter(({ isPublished }) => isPublished).length;
  const ordered = askedFirst(explained, ({ isAsked }) => isAsked);
  const details = { published, instances: ordered.map(({ isPublished: _, ...rest }) => rest) };
  const found = problemsAt('instances', subject);
  if (instances.length === 0) {
    const sentence = `No instance: ${whyNone(problems)}.`;
    return { stage: 'instances', verdict: 'stopped', sentence, details, problems: found };
  }
  const isWhole = found.length === 0 && explained.every(({ verdict }) => verdict === 'passed');
  const sentence = sentenceOf(published, instances.length, unit);
  return { stage: 'instances', verdict: isWhole ? 'passed' : 'noted', sentence, details, problems: found };
}

function whyNone(problems: readonly Problem[]): string {
  if (problems.some(({ code }) => CATALOGUE[code].stage === 'limit')) return 'it is over a limit, and not taken in';
  return problems.length > 0 ? 'nothing of it could be read' : 'it is listed without any instance';
}

function sentenceOf(published: number, of: number, unit: Subject['unit']): string {
  const instances = counted(of, 'instance');
  if (unit?.admitted.entry === undefined)
    return `${instances}; none gets traffic, because the service is not published.`;
  if (published === of) return `${instances}, ${of === 1 ? 'and it gets' : 'all get'} traffic.`;
  if (published === 0) {
    const callers = hasEndpoints(unit) ? 'reach the other services that share the host' : 'are answered with 503';
    return `${instances}, and none gets traffic: callers ${callers}.`;
  }
  return `${instances}, of which ${published} ${published === 1 ? 'gets' : 'get'} traffic.`;
}

function described({ id, address, status, ports, weight, locality }: Instance) {
  const numbers = ports.map(({ name, number, protocol }) => ({ name, number, protocol }));
  return { id, address, status, ports: numbers, weight, locality };
}

interface Fate extends Pick<ExplainedInstance, 'verdict' | 'sentence' | 'labels'> {
  readonly isPublished: boolean;
}

function fates(subject: Subject, drainingAs: ReadonlyMap<string, unknown>): (instance: Instance) => Fate {
  const { unit, missing, problems } = subject;
  const endpoints = endpointIndex(unit?.admitted.entry?.spec.endpoints ?? []);
  const proposed = new Set(unit?.proposed.entry?.spec.endpoints.map(({ address }) => address) ?? []);
  const kept = new Map(missing.map((one) => [one.instance.id, one]));
  const ofInstance = groupBy(problems, ({ instance }) => instance);
  const gate = gateProblems(problems);
  const hasEntry = unit?.admitted.entry !== undefined;

  return (instance) => {
    const none = { labels: {}, isPublished: false };
    const address = textOf(instance.address);
    const endpoint = endpointOf(instance, address, endpoints);
    const keptBack = drainingAs.has(instance.id) ? DRAINS : keptText(kept.get(instance.id));
    if (instance.status === 'gone')
      return {
        ...none,
        verdict: 'noted',
        sentence: 'It left; it is remembered so that the ports of the service stay.',
      };
    if (instance.status !== 'up')
      return {
        ...none,
        verdict: 'noted',
        sentence: `Its status is ${instance.status}: only what is up gets traffic.${keptBack}`,
      };
    const reason = leftOutBecause(ofInstance.get(shownId(instance.id)) ?? []);
    if (reason !== undefined)
      return { ...none, verdict: reason.code === 'WEIGHT_ZERO' ? 'noted' : 'stopped', sentence: reason.sentence };
    if (endpoint !== undefined) {
      const verdict: StageVerdict = keptBack === '' ? 'passed' : 'noted';
      const sentence = `Published as endpoint ${endpointText(endpoint)}.${keptBack}`;
      return { labels: endpoint.labels ?? {}, isPublished: true, verdict, sentence };
    }
    if (!hasEntry) return { ...none, verdict: 'stopped', sentence: 'The service is not published.' };
    if (proposed.has(address)) return { ...none, verdict: 'stopped', sentence: refusedAtGate(gate.get(address)) };
    return { ...none, verdict: 'stopped', sentence: 'It has no endpoint in the entry.' };
  };
}

/** The first reason for which an instance has no endpoint. */
function leftOutBecause(problems: readonly Problem[]): ExplainedProblem | undefined {
  const reason = problems.find(({ code }) => problemLoss(code) === 'endpoint');
  return reason === undefined ? undefined : explainProblem(reason);
}

/** The gate knows addresses and no instances: the first problem of each address, whether a port stands behind it or not. */
function gateProblems(problems: readonly Problem[]): ReadonlyMap<string, Problem> {
  const byAddress = new Map<string, Problem>();
  for (const found of problems) {
    if (found.instance !== '') continue;
    for (const address of [found.value, found.value.slice(0, Math.max(0, found.value.lastIndexOf(':')))])
      if (!byAddress.has(address)) byAddress.set(address, found);
  }
  return byAddress;
}

function refusedAtGate(reason: Problem | undefined): string {
  return reason === undefined ? 'The gate refused its address.' : explainProblem(reason).sentence;
}

const DRAINS = ' The registry calls it up no more: it drains, see the guard.';

function keptText(missing: Missing | undefined): string {
  if (missing === undefined) return '';
  const why = missing.kind === 'held' ? 'held' : 'kept for the removal debounce';
  return ` The registry lists it no more: ${why}, see the guard.`;
}

/** As endpoints spell it. */
function textOf(address: string): string {
  const read = readAddress(address);
  return read.kind === 'invalid' ? address : read.text;
}

/** By address and port: thousands of instances can share one address. */
function endpointIndex(endpoints: readonly Endpoint[]): ReadonlyMap<string, readonly Endpoint[]> {
  const placed = endpoints.flatMap((endpoint) =>
    Object.values(endpoint.ports).map((number) => ({ place: `${endpoint.address} ${number}`, endpoint })),
  );
  const groups = groupBy(placed, ({ place }) => place);
  return new Map([...groups].map(([place, found]) => [place, found.map(({ endpoint }) => endpoint)]));
}

function endpointOf(
  { ports }: Instance,
  address: string,
  endpoints: ReadonlyMap<string, readonly Endpoint[]>,
): Endpoint | undefined {
  const numbers = new Set(ports.map(({ number }) => number));
  for (const number of numbers) {
    const found = endpoints
      .get(`${address} ${number}`)
      ?.find((one) => Object.values(one.ports).every((published) => numbers.has(published)));
    if (found !== undefined) return found;
  }
  return undefined;
}

function endpointText({ address, ports }: Endpoint): string {
  const listed = Object.entries(ports).map(([name, number]) => `${name} ${number}`);
  return `${address} (${listed.join(', ')})`;
}
