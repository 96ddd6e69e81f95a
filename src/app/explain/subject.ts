// SPDX-License-Identifier: Apache-2.0
// One service, with all that the stages of its explanation look at.
import type { ExplainedProblem, StageName } from '../../admin/explanation.ts';
import type { Draining, Missing } from '../../guard/guarded.ts';
import { printable } from '../../lib/printable.ts';
import { type Problem, type ProblemCode, problemLoss, problemRemedy, problemStatement } from '../../model/problem.ts';
import type { Instance, Service, ServiceKey } from '../../model/service.ts';
import type { LeftOutOfService } from '../../registry/outside.ts';
import type { Slice } from '../../registry/registry.ts';
import type { Turn } from '../turn.ts';
import { type InstanceTest, shownId } from './asked-instance.ts';
import type { Found } from './find.ts';
import { type ExplainInput, slicesOf } from './input.ts';
import type { TurnIndex, Unit } from './turn-index.ts';

export interface Subject {
  readonly key: ServiceKey;
  readonly registry: string;
  readonly name: string;
  readonly slice: Slice;
  /** As the registry lists it, in scope; undefined: it does not. */
  readonly listed: Service | undefined;
  readonly leftOut: LeftOutOfService | undefined;
  /** As it leaves the guard; undefined: it does not. */
  readonly guarded: Service | undefined;
  readonly missing: readonly Missing[];
  readonly draining: readonly Draining[];
  readonly unit: Unit | undefined;
  /** Those of instances that were asked for first. */
  readonly problems: readonly Problem[];
  /** Which of its instances were asked for; undefined: it was not found by one. */
  readonly asked: InstanceTest | undefined;
  readonly input: ExplainInput;
  /** undefined before the first turn. */
  readonly turn: { readonly turn: Turn; readonly index: TurnIndex } | undefined;
}

/** undefined where the registry is none of ours. */
export function subjectOf(
  { key, registry, name, instances: asked }: Found,
  input: ExplainInput,
  index: TurnIndex | undefined,
): Subject | undefined {
  const slice = slicesOf(input).find((one) => one.registry === registry);
  if (slice === undefined) return undefined;
  const { turn } = input;
  const listed = slice.reading.kind === 'waiting' ? undefined : slice.reading.content.services.get(key);
  const guarded = turn?.guarded.services.get(key);
  const isAsked = problemTest(asked, [...(listed?.instances ?? []), ...(guarded?.instances ?? [])]);
  return {
    key,
    registry,
    name,
    slice,
    listed,
    leftOut: input.outside(registry).leftOut(name),
    guarded,
    missing: turn?.guarded.missing.get(registry)?.get(key) ?? [],
    draining: turn?.guarded.draining.get(registry)?.get(key) ?? [],
    unit: index?.unitOf(key),
    problems: askedFirst(index?.problems.get(key) ?? [], isAsked),
    asked,
    input,
    turn: turn === undefined || index === undefined ? undefined : { turn, index },
  };
}

/** Problems are about ids, and an instance may be meant by its address. */
function problemTest(asked: InstanceTest | undefined, instances: readonly Instance[]): (found: Problem) => boolean {
  if (asked === undefined) return () => false;
  const ids = new Set(instances.filter(asked.isMeant).map(({ id }) => shownId(id)));
  return ({ instance }) => ids.has(instance) || asked.isId(instance);
}

/** What was asked for is seen although lists are cut where they are shown. */
export function askedFirst<Item>(items: readonly Item[], isAsked: (item: Item) => boolean): readonly Item[] {
  const first = items.filter(isAsked);
  return first.length === 0 ? items : [...first, ...items.filter((item) => !isAsked(item))];
}

/** Whether callers of its host reach anybody: where several services share a host, also one of the others. */
export function hasEndpoints(unit: Unit | undefined): boolean {
  return (unit?.admitted.entry?.spec.endpoints.length ?? 0) > 0;
}

/** The problems of a subject that belong to a stage. */
export function problemsAt(stage: ProblemStage, { problems }: Pick<Subject, 'problems'>): readonly ExplainedProblem[] {
  return problems.filter(({ code }) => STAGE_OF[code] === stage).map(explainProblem);
}

export type ProblemStage = Extract<StageName, 'instances' | 'host' | 'ports' | 'validation' | 'admission'>;

export function explainProblem(found: Problem): ExplainedProblem {
  const { code, instance } = found;
  const link = `docs/problems.md#${code.toLowerCase()}`;
  const sentence = printable(problemStatement(found));
  return { code, instance, loss: problemLoss(code), sentence, remedy: problemRemedy(code), link };
}

const STAGE_OF: Readonly<Record<ProblemCode, ProblemStage>> = {
  INSTANCE_MALFORMED: 'instances',
  INSTANCE_DUPLICATE: 'instances',
  INSTANCE_PERSISTENT: 'instances',
  RECORDS_SKIPPED: 'instances',
  PATH_UNREADABLE: 'instances',
  SERVICE_MALFORMED: 'instances',
  FIELD_IGNORED: 'instances',
  METADATA_SECRET_DROPPED: 'instances',
  SERVICE_OVER_LIMIT: 'instances',
  SERVICE_NAME_TOO_LONG: 'instances',
  INSTANCES_OVER_LIMIT: 'instances',
  INSTANCE_ID_TOO_LONG: 'instances',
  PORTS_OVER_LIMIT: 'instances',
  METADATA_OVER_LIMIT: 'instances',
  METADATA_TOO_LONG: 'instances',
  HOST_INVALID: 'host',
  HOST_TAKEN: 'host',
  HOST_YIELDED: 'host',
  NAME_TAKEN: 'host',
  VIRTUAL_IP_EXHAUSTED: 'host',
  NO_PORTS: 'ports',
  PORT_INVALID: 'ports',
  PORT_NOT_OFFERED: 'ports',
  PORT_NUMBER_TAKEN: 'ports',
  PORT_WITHOUT_VIRTUAL_IP: 'ports',
  PORT_RESERVED: 'ports',
  ADDRESS_INVALID: 'validation',
  ADDRESS_MIXED: 'validation',
  ENDPOINT_DUPLICATE: 'validation',
  WEIGHT_INVALID: 'validation',
  WEIGHT_ZERO: 'validation',
  LOCALITY_INVALID: 'validation',
  LABEL_INVALID: 'validation',
  ENTRY_INVALID: 'validation',
  HOST_OUT_OF_SCOPE: 'admission',
  HOST_RESERVED: 'admission',
  NAMESPACE_OUT_OF_SCOPE: 'admission',
  ADDRESS_OUT_OF_SCOPE: 'admission',
  ADDRESS_RESERVED: 'admission',
  PORT_OUT_OF_SCOPE: 'admission',
  ENDPOINT_PORT_OUT_OF_SCOPE: 'admission',
  EXPORT_OUT_OF_SCOPE: 'admission',
  LABEL_RESERVED: 'admission',
  VIRTUAL_IP_OUT_OF_SCOPE: 'admission',
  NAME_OUT_OF_SCOPE: 'admission',
  FIELD_UNKNOWN: 'admission',
  CLAIMED_TWICE: 'admission',
  NETWORK_OUT_OF_SCOPE: 'admission',
  SERVICE_ACCOUNT_OUT_OF_SCOPE: 'admission',
  LOCATION_OUT_OF_SCOPE: 'admission',
  LABEL_OUT_OF_SCOPE: 'admission',
};
