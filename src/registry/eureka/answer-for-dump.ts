// SPDX-License-Identifier: Apache-2.0
// What Eureka answered, as it is saved: narrowed to the scope, because the rest belongs to others, and with secrets masked. Read
// again, it gives what the living registry with that scope publishes.
import { type JsonObject, objectOf, textOf } from '../../lib/json-value.ts';
import { type Masking, maskSecrets } from '../decoding/mask-secrets.ts';
import { compileSecrets, type IsSecret } from '../decoding/secrets.ts';
import { isWholeRegistry, judgeScope, type ScopeOptions } from '../scope.ts';
import { decodeFull, listOf } from './decode.ts';
import { decodeInstance } from './decode-instance.ts';
import { applyFull, EMPTY_ESTATE } from './estate.ts';
import { isWhollyOutside } from './published.ts';
import type { InstanceRules } from './to-instance.ts';

/** `answers`: the whole list, or one answer for each application. `masking` knows the configured secret keys too. */
export function answerForDump(
  answers: readonly unknown[],
  rules: InstanceRules,
  scope: ScopeOptions,
  masking: Masking,
): JsonObject {
  const whole = joined(answers);
  const judge = judgeScope(scope);
  const listed = isWholeRegistry(scope) ? whole : narrowed(whole, { ...rules, judge }, masking.isSecret);
  return { applications: maskApplications(listed, masking) };
}

function joined(answers: readonly unknown[]): JsonObject {
  const whole = answers.map((answer) => objectOf(objectOf(answer)?.['applications'])).find((one) => one !== undefined);
  return whole ?? { application: answers.map((answer) => objectOf(answer)?.['application']) };
}

/**
 * What the living registry keeps of it. The server's hash counts what is left out here, so it goes; where nothing is left, an
 * empty hash says that this is meant.
 */
function narrowed(applications: JsonObject, rules: InstanceRules, isSecret: IsSecret): JsonObject {
  const unhashed = { ...applications, apps__hashcode: undefined, apps_hashcode: undefined };
  const nothing = { ...unhashed, apps__hashcode: '', application: [] };
  const listing = decodeFull({ applications }, isSecret);
  if (listing.kind === 'no-information') return nothing;
  const estate = applyFull(EMPTY_ESTATE, listing, rules);
  if ([...estate.applications.values()].every(isWhollyOutside)) return nothing;
  const isKept = (instance: unknown, appName: string | undefined): boolean => {
    const decoded = decodeInstance(instance, appName, isSecret);
    if (decoded.kind === 'unreadable') return !isWhollyOutside(estate.applications.get(decoded.unreadable.app));
    const { app, id } = decoded.record;
    const listed = estate.applications.get(app)?.get(id);
    return listed !== undefined && listed.leftOut === undefined;
  };
  return {
    ...unhashed,
    application: listOf(applications['application']).flatMap((application) => narrowApplication(application, isKept)),
  };
}

/** None, or the one with what is kept of it. */
function narrowApplication(
  raw: unknown,
  isKept: (instance: unknown, appName: string | undefined) => boolean,
): readonly unknown[] {
  const application = objectOf(raw);
  if (application === undefined) return [raw];
  const appName = textOf(application['name'])?.toUpperCase();
  const instance = listOf(application['instance']).filter((one) => isKept(one, appName));
  return instance.length === 0 ? [] : [{ ...application, instance }];
}

/** Configured keys are about metadata alone: a glob such as `*-id` must not hide what instances are told apart by. */
function maskApplications(applications: JsonObject, masking: Masking): JsonObject {
  const elsewhere = { ...masking, isSecret: compileSecrets([]) };
  const maskInstance = (raw: unknown) =>
    maskMember(raw, 'metadata', (metadata) => maskSecrets(metadata, masking), elsewhere);
  const maskApplication = (raw: unknown) =>
    maskMember(raw, 'instance', (instances) => listOf(instances).map(maskInstance), elsewhere);
  const { application, ...others } = applications;
  const beside = Object.entries(others).map(([key, value]) => [key, maskSecrets(value, elsewhere, key)]);
  return { ...Object.fromEntries(beside), application: listOf(application).map(maskApplication) };
}

/** `maskOne` masks the member `name`, everything else is masked as usual. */
function maskMember(raw: unknown, name: string, maskOne: (value: unknown) => unknown, masking: Masking): unknown {
  const object = objectOf(raw);
  if (object === undefined) return maskSecrets(raw, masking);
  const entries = Object.entries(object);
  return Object.fromEntries(
    entries.map(([key, value]) => [key, key === name ? maskOne(value) : maskSecrets(value, masking, key)]),
  );
}
