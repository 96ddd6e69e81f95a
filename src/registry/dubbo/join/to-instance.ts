// SPDX-License-Identifier: Apache-2.0
// A process, or what it provides of one service → the model's Instance: what its providers say one by one becomes one statement,
// and where they differ a problem says so.
import { counted } from '../../../lib/counted.ts';
import { numberOf } from '../../../lib/json-value.ts';
import type { Instance } from '../../../model/service.ts';
import { localityOf, type Report } from '../../decoding/spring-metadata.ts';
import type { DubboOptions } from '../options.ts';
import type { Endpoint } from '../records/application-instance.ts';
import { flagOf } from '../records/parameters.ts';
import type { Provider } from '../records/provider.ts';
import type { Effect } from '../rules/rule.ts';
import { sortedOnce } from './inventory.ts';
import { offeredPorts } from './offered-ports.ts';
import type { Process } from './processes.ts';

export type InstanceOptions = Pick<DubboOptions, 'services' | 'metadataKeys' | 'region'>;

/** A provider with what the rules make of it. */
export interface Judged {
  readonly provider: Provider;
  readonly effect: Effect;
  /** What of the rules could not be read; sentences. */
  readonly faults: readonly string[];
}

/** `judged` are providers of `process`, at least one; `endpoints` are ports of it that count beside theirs. */
export function toInstance(
  process: Process,
  judged: readonly Judged[],
  endpoints: readonly Endpoint[],
  options: InstanceOptions,
  report: Report,
): Instance {
  const providers = judged.map(({ provider }) => provider);
  const { ports, unknown } = offeredPorts(endpoints, providers);
  for (const scheme of unknown)
    report('FIELD_IGNORED', `its protocol ${scheme} is not known here, and is taken for TCP`);
  reportFacts(process, providers, report);
  return {
    id: process.id,
    address: process.address,
    ports,
    status: statusOf(process, judged, report),
    weight: weightOf(judged, report),
    locality: placeOf(process, providers, options),
    metadata: metadataOf(process, providers, options),
    attributes: attributesOf(providers),
  };
}

function reportFacts({ instance }: Process, providers: readonly Provider[], report: Report): void {
  const secrets = sortedOnce(
    [...providers, ...(instance === undefined ? [] : [instance])].flatMap((one) => one.droppedSecrets),
  );
  if (secrets.length > 0) report('METADATA_SECRET_DROPPED', secrets.join(', '));
  const persistence =
    instance?.persistence ?? (providers.some((one) => one.isPersistent) ? 'dynamic=false' : undefined);
  if (persistence !== undefined) report('INSTANCE_PERSISTENT', persistence);
}

/** What a registration says not to be enabled, callers do not even look at: no rule brings it back. */
function isDisabled({ provider, effect }: Judged): boolean {
  return !flagOf(provider.parameters.get('enabled'), true) || flagOf(effect.disabled, false);
}

function statusOf({ instance }: Process, judged: readonly Judged[], report: Report): Instance['status'] {
  const disabled = judged.filter(isDisabled).length;
  if (instance?.isEnabled === false || disabled === judged.length) return 'out-of-service';
  if (disabled > 0) {
    const share = `${disabled} of its ${counted(judged.length, 'provider')}`;
    report('FIELD_IGNORED', `\`disabled\` of ${share}, because the others are in service`);
  }
  return 'up';
}

/** What a provider has that says nothing. */
const DEFAULT_WEIGHT = 100;

/** The weight that most of the providers in service have, the highest of those that are equally common. */
function weightOf(judged: readonly Judged[], report: Report): number | undefined {
  const inService = judged.filter((one) => !isDisabled(one));
  const said = (inService.length > 0 ? inService : judged).map(({ effect }) => readWeight(effect.weight, report));
  if (said.every((weight) => weight === undefined)) return undefined;
  const tally = new Map<number, number>();
  for (const weight of said) tally.set(weight ?? DEFAULT_WEIGHT, (tally.get(weight ?? DEFAULT_WEIGHT) ?? 0) + 1);
  const [[weight] = [undefined]] = [...tally].sort(([a, timesA], [b, timesB]) => timesB - timesA || b - a);
  if (tally.size > 1) {
    const weights = [...tally.keys()].sort((a, b) => a - b).join(', ');
    report('FIELD_IGNORED', `its providers differ in weight (${weights}): ${weight} counts for all`);
  }
  return weight;
}

/** A weight below zero means no traffic, as in Dubbo. */
function readWeight(text: string | undefined, report: Report): number | undefined {
  if (text === undefined) return undefined;
  const weight = numberOf(text);
  if (weight === undefined) report('WEIGHT_INVALID', text);
  return weight === undefined ? undefined : Math.max(0, weight);
}

/** A provider that says nothing of its place does not contradict one that does. */
function placeOf({ instance }: Process, providers: readonly Provider[], options: InstanceOptions): string | undefined {
  const saidOf = (keys: readonly string[]): string | undefined => {
    for (const key of keys) {
      const own = instance?.parameters.get(key)?.trim();
      const said = own ? [own] : sortedOnce(providers.map(({ parameters }) => (parameters.get(key) ?? '').trim()));
      if (said.length === 1) return said[0];
    }
    return undefined;
  };
  const zone = saidOf(options.metadataKeys.zone);
  const region = saidOf(options.metadataKeys.region);
  return zone === undefined ? region : localityOf(zone, region ?? options.region);
}

/** What identifies one interface, and is nothing that a process has. */
const OF_AN_INTERFACE = ['interface', 'group', 'version'];
const APPLICATION_VERSION = 'application.version';

/**
 * Where a service is an application, its `version` is that of the application: that of an interface would be there as long as it
 * is the only one, and a subset by it would empty as soon as the process provides another.
 */
function metadataOf(
  { instance }: Process,
  providers: readonly Provider[],
  { services }: InstanceOptions,
): Instance['metadata'] {
  const metadata = new Map([...agreed(providers), ...(instance?.parameters ?? [])]);
  if (services === 'interface') return metadata;
  for (const key of OF_AN_INTERFACE) metadata.delete(key);
  const version = metadata.get(APPLICATION_VERSION);
  return version === undefined ? metadata : metadata.set('version', version);
}

/** What all of them say alike: what is said of one interface says nothing of the process. */
function agreed(providers: readonly Provider[]): ReadonlyMap<string, string> {
  const [first, ...others] = providers;
  const parameters = [...(first?.parameters ?? [])];
  return new Map(parameters.filter(([key, value]) => others.every((other) => other.parameters.get(key) === value)));
}

function attributesOf(providers: readonly Provider[]): Instance['attributes'] {
  const attributes = new Map<string, readonly string[]>();
  const add = (attribute: string, textOf: (provider: Provider) => string | undefined): void => {
    const values = sortedOnce(providers.map((provider) => textOf(provider) ?? ''));
    if (values.length > 0) attributes.set(attribute, values);
  };
  add('application', ({ application }) => application);
  add('interface', ({ interfaceName }) => interfaceName);
  add('group', ({ group }) => group);
  add('version', ({ version }) => version);
  add('environment', ({ parameters }) => parameters.get('environment'));
  return attributes;
}
