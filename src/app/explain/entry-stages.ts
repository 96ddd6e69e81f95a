// SPDX-License-Identifier: Apache-2.0
// What conversion made of a service: its ports, whether Istio would take the entry, whether this bridge may publish it, and
// what it is called then.
import type {
  AdmissionStage,
  EntryStage,
  ExplainedProblem,
  PortsStage,
  StageVerdict,
  ValidationStage,
} from '../../admin/explanation.ts';
import { counted } from '../../lib/counted.ts';
import { resourceKey } from '../../snapshot/resource.ts';
import { problemsAt, type Subject } from './subject.ts';

/** undefined where the service has no host, so that nothing was converted. */
export function portsStage(subject: Subject): PortsStage | undefined {
  const { unit } = subject;
  if (unit === undefined || problemsAt('host', subject).length > 0) return undefined;
  const problems = problemsAt('ports', subject);
  const ports = unit.proposed.entry?.spec.ports ?? [];
  const lacking = problems.filter(({ code }) => code === 'PORT_NOT_OFFERED').map(({ instance }) => instance);
  const details = { ports, lacking };
  const none = problems.find(({ code }) => code === 'NO_PORTS');
  if (none !== undefined) return { stage: 'ports', verdict: 'stopped', sentence: none.sentence, details, problems };
  const named = ports.map(({ number, protocol, name }) => `${number} ${protocol} (${name})`).join(', ');
  const without = lacking.length === 0 ? '' : `; ${counted(lacking.length, 'instance')} left out for lacking one`;
  const sentence = ports.length === 0 ? 'Its ports were chosen.' : `Published ports: ${named}${without}.`;
  return { stage: 'ports', verdict: problems.length === 0 ? 'passed' : 'noted', sentence, details, problems };
}

/** undefined where nothing was left to validate. */
export function validationStage(subject: Subject): ValidationStage | undefined {
  const { unit } = subject;
  const problems = problemsAt('validation', subject);
  const refusal = problems.find(({ code }) => code === 'ENTRY_INVALID');
  if (unit === undefined || (unit.proposed.entry === undefined && refusal === undefined)) return undefined;
  const sentence =
    refusal?.sentence ??
    (problems.length === 0
      ? "Valid by Istio's own rules."
      : `Valid by Istio's own rules, without what they refuse (${counted(problems.length, 'problem')}).`);
  return { stage: 'validation', verdict: verdictOf(refusal, problems), sentence, details: {}, problems };
}

/** undefined where there was nothing to admit. */
export function admissionStage(subject: Subject): AdmissionStage | undefined {
  const { unit } = subject;
  if (unit?.proposed.entry === undefined) return undefined;
  const problems = problemsAt('admission', subject);
  const refusal = unit.admitted.entry === undefined ? problems[0] : undefined;
  const sentence =
    refusal?.sentence ??
    (problems.length === 0
      ? 'Within what this bridge may publish.'
      : `Within what this bridge may publish, without what is not (${counted(problems.length, 'problem')}).`);
  return { stage: 'admission', verdict: verdictOf(refusal, problems), sentence, details: {}, problems };
}

/** undefined where nothing was made of it. */
export function entryStage({ unit, turn }: Subject): EntryStage | undefined {
  const entry = unit?.admitted.entry;
  const resource = entry === undefined ? undefined : turn?.index.resources.get(resourceKey(entry));
  if (entry === undefined || resource === undefined) return undefined;
  const { kind, name, spec } = entry;
  const { version } = resource;
  const endpoints = spec.endpoints.length;
  const sentence = `${kind.replace(/.*\//, '')} ${name}, version ${version}, with ${counted(endpoints, 'endpoint')}.`;
  return { stage: 'entry', verdict: 'passed', sentence, details: { kind, name, version, endpoints }, problems: [] };
}

function verdictOf(refusal: ExplainedProblem | undefined, problems: readonly ExplainedProblem[]): StageVerdict {
  if (refusal !== undefined) return 'stopped';
  return problems.length === 0 ? 'passed' : 'noted';
}
