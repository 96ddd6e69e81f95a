// SPDX-License-Identifier: Apache-2.0
// Rules in their oldest form: `override://` and `absent://` URLs, as names of nodes beside the providers or in a JSON array.
import { compareTexts } from '../../../lib/compare-texts.ts';
import { counted } from '../../../lib/counted.ts';
import { type DubboUrl, decodeDubboUrl, type ParsedUrl } from '../records/dubbo-url.ts';
import { flagOf } from '../records/parameters.ts';
import { identityOf } from '../records/service-identity.ts';
import { ANY, ANY_HOST, inOrder, type Rule, type RuleSet } from './rule.ts';

/** What stands in a directory of configurators, in whatever order. `subject` is for people. */
export function decodeOverrides(nodeNames: readonly string[], subject: string): RuleSet {
  return overrideRules([...nodeNames].sort(compareTexts).map(decodeDubboUrl), subject);
}

/** In the order written, as far as Dubbo's own order leaves it open. */
export function overrideRules(parsed: readonly ParsedUrl[], subject: string): RuleSet {
  const rules = parsed.flatMap((one) => (one.kind === 'url' ? ruleOf(one.url) : []));
  const broken = parsed.filter(({ kind }) => kind === 'unreadable').length;
  const faults = broken === 0 ? [] : [`${counted(broken, 'override')} of ${subject} cannot be read`];
  return { rules: inOrder(rules), faults };
}

/** Conditions, and what is about the rule itself: none of it is set. */
const STRUCTURE: ReadonlySet<string> = new Set([
  'category',
  'check',
  'dynamic',
  'enabled',
  'group',
  'version',
  'application',
  'side',
  'configVersion',
  'compatible_config',
  'interfaces',
  'interface',
  'providerAddresses',
  'priority',
  'anyhost',
  'timestamp',
]);
const HONOURED: ReadonlySet<string> = new Set(['weight', 'disabled']);
const CONDITION = '~';

/** None where it is switched off or about consumers: a host without a port that is not `0.0.0.0` is one of theirs. */
function ruleOf(url: DubboUrl): readonly Rule[] {
  const { protocol, host, parameters } = url;
  const port = url.port === 0 ? undefined : url.port;
  const side = parameters.get('side') ?? ANY;
  const isOverride = protocol === 'override' || protocol === 'absent';
  const isForProviders = (side === ANY || side === 'provider') && (host === ANY_HOST || port !== undefined);
  if (!isOverride || !isForProviders || !flagOf(parameters.get('enabled'), true)) return [];
  const application = parameters.get('application') ?? ANY;
  const addresses = parameters.get('providerAddresses') ?? '';
  return [
    {
      host,
      port,
      addresses: addresses === '' ? [] : addresses.split(','),
      application: application === ANY ? undefined : application,
      service: serviceOf(url),
      ...settingsOf(parameters),
      isFallback: protocol === 'absent',
      appliedBy: isForCallers(parameters) ? 'callers' : 'provider',
    },
  ];
}

/** To a caller the side is `consumer` and the application is its own, and `configVersion` asks for a side. */
function isForCallers(parameters: ReadonlyMap<string, string>): boolean {
  const asked = [parameters.get('side'), parameters.get('application')].filter((value) => value !== undefined);
  return asked.every((value) => value === ANY) && (parameters.get('configVersion') ?? '') === '';
}

function serviceOf({ path, parameters }: DubboUrl): Rule['service'] {
  const interfaceName = parameters.get('interface') ?? path;
  if (interfaceName === ANY) return undefined;
  return identityOf(interfaceName, parameters.get('group') ?? '', parameters.get('version') ?? '');
}

/** What the parameters of a rule ask, and what they set, by whether it counts here. */
export function settingsOf(
  parameters: ReadonlyMap<string, string>,
): Pick<Rule, 'conditions' | 'priority' | 'sets' | 'notHonoured'> {
  const conditions = new Map<string, string>();
  const sets = new Map<string, string>();
  const notHonoured: string[] = [];
  for (const [key, value] of parameters) {
    if (key.startsWith(CONDITION)) conditions.set(key.slice(CONDITION.length), value);
    else if (HONOURED.has(key)) sets.set(key, value);
    else if (!STRUCTURE.has(key)) notHonoured.push(key);
  }
  const priority = Number(parameters.get('priority')) || 0;
  return { conditions, priority, sets, notHonoured: notHonoured.sort(compareTexts) };
}
