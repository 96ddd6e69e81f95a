// SPDX-License-Identifier: Apache-2.0
// Rules that look at several keys, or at what a value means rather than how it is written. Each is a sentence that says
// what to do. They are asked of a whole configuration; load.ts passes over rules about keys that are wrong by themselves.
import { areOverlapping, isWithin, parseCidr } from '../lib/ip.ts';
import { targetText } from '../model/freeze-order.ts';
import { accessRules } from './access-rules.ts';
import { type BrokenRule, unless } from './broken-rule.ts';
import type { Config } from './config.ts';
import { registryRules } from './registry-rules.ts';

/** Istio's own range for automatic addresses, and ranges that cannot be routed to from an application. */
const FOREIGN_RANGES = [
  '240.240.0.0/16',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '224.0.0.0/4',
  'fe80::/10',
  'ff00::/8',
  '::1/128',
  // IPv4 once more: each could be the address of another host out of the IPv4 range.
  '::ffff:0:0/96',
];
const NEVER_ADMITTED = ['169.254.0.0/16', '224.0.0.0/4', 'fe80::/10', 'ff00::/8'];
const OWN_LABELS = ['name', 'part-of', 'managed-by', 'instance'].map((name) => `app.kubernetes.io/${name}`);

/** Every rule that the configuration breaks, in a fixed order. */
export function brokenRules(config: Config): readonly BrokenRule[] {
  return [
    ...registryRules(config),
    ...hostRules(config),
    ...visibilityRules(config),
    ...addressRules(config),
    ...ownerRules(config),
    ...timeRules(config),
    ...freezeRules(config),
    ...listenRules(config),
    ...limitRules(config),
    ...accessRules(config),
    ...stateRules(config),
    ...replicaRules(config),
  ];
}

function hostRules({ hosts, registries, admit }: Config): readonly BrokenRule[] {
  const broken: BrokenRule[] = [];
  const hostOf = new Map<string, string>();
  for (const [host, services] of Object.entries(hosts)) {
    for (const service of services) {
      const registry = service.slice(0, service.indexOf('/'));
      const names = Object.keys(registries).join(', ');
      const isKnown = Object.hasOwn(registries, registry);
      const unknown = `names the registry \`${registry}\` at \`${host}\`, but the registries are: ${names}`;
      broken.push(...unless(isKnown, ['hosts', 'registries'], unknown));
      const other = hostOf.get(service);
      const twice = `puts \`${service}\` under two hosts, \`${other}\` and \`${host}\`: a service has one host`;
      broken.push(...unless(other === undefined || other === host, ['hosts'], twice));
      hostOf.set(service, host);
    }
  }
  const noSuffix = 'must be given, because `hostTemplate` ends with the service name and so no suffix can be derived';
  const hasSuffix = admit.hostSuffixes.length > 0 || Object.keys(registries).length === 0;
  broken.push(...unless(hasSuffix, ['admit.hostSuffixes', 'hostTemplate', 'registries'], noSuffix));
  return broken;
}

function visibilityRules({ exportTo, namespace }: Config): readonly BrokenRule[] {
  return [
    ...unless(
      exportTo.length > 0,
      ['exportTo'],
      "must not be empty: Istio would take its mesh-wide default. Write ['.']",
    ),
    ...unless(!exportTo.includes('*') || exportTo.length === 1, ['exportTo'], 'must have `*` alone, or not at all'),
    ...unless(
      !(exportTo.includes('.') && exportTo.includes(namespace)),
      ['exportTo', 'namespace'],
      `names both \`.\` and \`${namespace}\`, which are the same: Istio refuses that`,
    ),
  ];
}

function addressRules({ virtualIps, admit }: Config): readonly BrokenRule[] {
  const ranges = [virtualIps.range, virtualIps.rangeV6].filter((range) => range !== undefined);
  const keyOf = (range: string) => (range === virtualIps.range ? 'virtualIps.range' : 'virtualIps.rangeV6');
  const broken: BrokenRule[] = [];
  for (const range of virtualIps.enabled ? ranges : []) {
    const foreign = FOREIGN_RANGES.find((other) => overlap(range, other));
    broken.push(
      ...unless(foreign === undefined, [keyOf(range)], `must not overlap ${foreign}, which is not free to use`),
    );
  }
  for (const range of admit.addresses) {
    const never = NEVER_ADMITTED.find((other) => within(range, other));
    broken.push(...unless(never === undefined, ['admit.addresses'], `holds ${range}, but ${never} is never admitted`));
  }
  return broken;
}

function ownerRules({ owner, labelPrefix }: Config): readonly BrokenRule[] {
  const isOurs = (key: string) => key.startsWith(`${labelPrefix}/`) || OWN_LABELS.includes(key);
  const rule = (key: string) => `must not set \`${key}\`: Footbridge sets it itself`;
  return [
    ...Object.keys(owner.labels).flatMap((key) => unless(!isOurs(key), ['owner.labels', 'labelPrefix'], rule(key))),
    ...Object.keys(owner.annotations).flatMap((key) =>
      unless(!isOurs(key), ['owner.annotations', 'labelPrefix'], rule(key)),
    ),
  ];
}

function timeRules({ publish, coldStart, serve, shutdown }: Config): readonly BrokenRule[] {
  const { drainDelayMs, staggerMs, deadlineMs } = shutdown;
  return [
    ...unless(
      publish.ceilingMs >= publish.quietPeriodMs,
      ['publish.ceiling', 'publish.quietPeriod'],
      'must not be shorter than `publish.quietPeriod`',
    ),
    ...unless(
      coldStart.boundMs === undefined || coldStart.boundMs > 0,
      ['coldStart.bound'],
      'must be longer than 0: no registry could be read before a new istiod is told that there is nothing',
    ),
    ...unless(serve.keepaliveTimeMs > 0, ['serve.keepaliveTime'], 'must be longer than 0'),
    ...unless(serve.keepaliveTimeoutMs > 0, ['serve.keepaliveTimeout'], 'must be longer than 0'),
    ...unless(
      deadlineMs >= drainDelayMs + staggerMs,
      ['shutdown.deadline', 'shutdown.drainDelay', 'shutdown.stagger'],
      'must leave time for `shutdown.drainDelay` and `shutdown.stagger` together',
    ),
  ];
}

function freezeRules({ freeze, registries }: Config): readonly BrokenRule[] {
  const names = Object.keys(registries).join(', ');
  const targets = freeze.map(({ target }) => targetText(target));
  return freeze.flatMap(({ target }, at) => {
    const text = targetText(target);
    const isKnown = target.kind === 'all' || Object.hasOwn(registries, target.registry);
    return [
      ...unless(isKnown, ['freeze', 'registries'], `freezes \`${text}\`, but the registries are: ${names}`),
      ...unless(
        targets.indexOf(text) === at,
        ['freeze'],
        `freezes \`${text}\` twice: one line has the reason and the end`,
      ),
    ];
  });
}

function stateRules({ state }: Config): readonly BrokenRule[] {
  return [
    ...unless(state.maxAgeMs !== 0, ['state.maxAge'], 'must be longer than 0: nothing would ever be restored'),
    ...unless(state.maxBytes > 0, ['state.maxBytes'], 'must be more than 0: nothing would ever be written'),
  ];
}

function replicaRules({ replicas }: Config): readonly BrokenRule[] {
  return unless(
    replicas.service === undefined || replicas.tokenFile !== undefined,
    ['replicas.tokenFile', 'replicas.service'],
    'must be given where `replicas.service` is: without a token no replica answers another one',
  );
}

function listenRules({ serve, admin }: Config): readonly BrokenRule[] {
  return [
    ...unless(serve.pushConcurrency > 0, ['serve.pushConcurrency'], 'must be at least 1'),
    // 0 is any free port, so two zeros do not clash.
    ...unless(
      serve.port === 0 || serve.port !== admin.port,
      ['admin.port', 'serve.port'],
      'must not be the same as `serve.port`',
    ),
  ];
}

function limitRules({ limits }: Config): readonly BrokenRule[] {
  const needed = [
    ['services', limits.services],
    ['instancesPerService', limits.instancesPerService],
    ['portsPerInstance', limits.portsPerInstance],
    ['textLength', limits.textLength],
  ] as const;
  return needed.flatMap(([key, most]) =>
    unless(most > 0, [`limits.${key}`], 'must be at least 1: with 0 nothing could be published'),
  );
}

function overlap(one: string, other: string): boolean {
  const [a, b] = [parseCidr(one), parseCidr(other)];
  return a !== undefined && b !== undefined && areOverlapping(a, b);
}

function within(inner: string, outer: string): boolean {
  const a = parseCidr(inner);
  const b = parseCidr(outer);
  return a !== undefined && b !== undefined && isWithin(a, b);
}
