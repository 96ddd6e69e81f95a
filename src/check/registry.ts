// SPDX-License-Identifier: Apache-2.0
// The checks of one registry: each of its servers, then one read of it, judged step by step.
import type { RegistryConfig } from '../config/config.ts';
import { counted } from '../lib/counted.ts';
import type { Slice } from '../registry/registry.ts';
import { isWholeRegistry, type ScopeOptions } from '../registry/scope.ts';
import type { ReadObstacle, ReadStep } from '../registry/source.ts';
import { type ConfiguredRegistry, configuredRegistry } from '../registry/table.ts';
import { type Category, type Check, check, failed, once, PASSED, passed, type Verdict, warned } from './check.ts';
import { describeMismatch, describeUnknown, type Services, unknownNames } from './mismatch.ts';
import { problemCauses } from './problem-causes.ts';
import { type OneRead, type ReadDeps, readOnce } from './read-once.ts';

export interface RegistryChecks {
  readonly category: Category;
  /** What it told, once its checks were run; undefined: nothing. */
  readonly slice: () => Promise<Slice | undefined>;
}

const EVERYTHING: ScopeOptions = { include: [], exclude: [] };

/** `needs` are the checks of the files that it is read with. */
export function registryChecks(
  name: string,
  options: RegistryConfig,
  needs: readonly Check[],
  deps: ReadDeps,
): RegistryChecks {
  const registry = configuredRegistry(name, options);
  const reach = once(() => reachAll(registry, deps));
  const read = once(async () => readOnce(registry.readFrom(answering(await reach())), options.scope, deps));
  const judged = (step: ReadStep, judge: (slice: Slice) => Verdict | Promise<Verdict>) => async () =>
    judgeRead(await read(), step, (code) => registry.stepOf(code), judge);

  const reachable = registry.sources.map((source) =>
    check('registry-reachable', async () => judgeSource(source.name, await reach()), { subject: source.name, needs }),
  );
  const allowed = check(
    'registry-allowed',
    judged('authenticate', () => PASSED),
    { needs: reachable },
  );
  const listed = check(
    'registry-listed',
    judged('list', ({ matched }) => passed(counted(matched.ofServices, 'service'))),
    { needs: [allowed] },
  );
  const decoded = check('registry-decoded', judged('decode', judgeContent), { needs: [listed] });
  const whole = once(async () => readOnce(registry.readFrom(answering(await reach())), EVERYTHING, deps));
  const scoped = check(
    'registry-scope',
    judged('decode', (slice) => judgeScope(slice, options.scope, whole)),
    { needs: [decoded] },
  );
  return {
    category: { title: `registry ${name} (${options.kind})`, checks: [...reachable, allowed, listed, decoded, scoped] },
    slice: async () => {
      if (answering(await reach()).size === 0) return undefined;
      const result = await read();
      return result.kind === 'read' ? result.slice : undefined;
    },
  };
}

type Reached = ReadonlyMap<string, ReadObstacle | undefined>;

async function reachAll({ sources }: ConfiguredRegistry, { clock }: ReadDeps): Promise<Reached> {
  return new Map(await Promise.all(sources.map(async ({ name, reach }) => [name, await reach(clock)] as const)));
}

function answering(reached: Reached): ReadonlySet<string> {
  return new Set([...reached].filter(([, obstacle]) => obstacle === undefined).map(([name]) => name));
}

function judgeSource(name: string, reached: Reached): Verdict {
  const obstacle = reached.get(name);
  if (obstacle === undefined) return PASSED;
  return answering(reached).size > 0 ? warned(obstacleText(obstacle)) : failed(obstacleText(obstacle));
}

/** In the order in which an attempt goes. */
const STEPS: readonly ReadStep[] = ['reach', 'authenticate', 'list', 'decode'];

/** What the read says of one step: a failure of a later one means that this one held. */
async function judgeRead(
  read: OneRead,
  step: ReadStep,
  stepOf: (code: string) => ReadStep,
  judge: (slice: Slice) => Verdict | Promise<Verdict>,
): Promise<Verdict> {
  if (read.kind === 'read') return judge(read.slice);
  const stopped = stepOf(read.obstacle.code);
  // Each server that is read from was reached a moment ago: what is missing now is the answer to a larger question.
  const at = stopped === 'reach' ? 'list' : stopped;
  return STEPS.indexOf(at) > STEPS.indexOf(step) ? PASSED : failed(obstacleText(read.obstacle));
}

function judgeContent({ reading }: Slice): Verdict {
  if (reading.kind === 'waiting') return PASSED;
  const { services, problems } = reading.content;
  const instances = [...services.values()].reduce((sum, service) => sum + service.instances.length, 0);
  if (problems.length === 0)
    return passed(`${counted(services.size, 'service')} with ${counted(instances, 'instance')} in scope`);
  return warned(...problemCauses(problems));
}

async function judgeScope(slice: Slice, scope: ScopeOptions, readWhole: () => Promise<OneRead>): Promise<Verdict> {
  const { services, ofServices } = slice.matched;
  if (isWholeRegistry(scope)) return services > 0 ? passed(`no scope: all of ${ofServices}`) : NOTHING_LISTED;
  if (services > 0) return judgeNames(slice, scope, readWhole);
  if (ofServices === 0) return NOTHING_LISTED;
  const whole = servicesOf(await readWhole());
  return warned(`0 of ${counted(ofServices, 'service')} are in scope.`, ...describeMismatch(scope, whole));
}

const NOTHING_LISTED = warned('The registry lists no service at all.');

/** A misspelt name among others that are right loses one service, and nothing else would tell. */
async function judgeNames(slice: Slice, scope: ScopeOptions, readWhole: () => Promise<OneRead>): Promise<Verdict> {
  const { services, ofServices } = slice.matched;
  const inScope = servicesOf({ kind: 'read', slice });
  if (inScope === undefined || unknownNames(scope, inScope).length === 0) return passed(`${services} of ${ofServices}`);
  // What another rule leaves out is in the registry all the same.
  const whole = servicesOf(await readWhole());
  const missing = whole === undefined ? [] : unknownNames(scope, whole);
  if (whole === undefined || missing.length === 0) return passed(`${services} of ${ofServices}`);
  return warned(...describeUnknown(missing, whole, 'all'));
}

function servicesOf(read: OneRead): Services | undefined {
  if (read.kind === 'failed' || read.slice.reading.kind === 'waiting') return undefined;
  return read.slice.reading.content.services;
}

function obstacleText({ code, message }: ReadObstacle): string {
  return `${code}: ${message}`;
}
