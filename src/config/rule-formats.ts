// SPDX-License-Identifier: Apache-2.0
// Lists of rules: scope rules of a registry and rules about endpoints. Both are lists of mappings with few known keys; a
// key that is not known is refused with the nearest right one, as everywhere. A condition takes a list or a single text.

import { nearest } from '../lib/nearest.ts';
import type { ScopeRule } from '../registry/scope.ts';
import { type Format, insteadOf, type JsonSchema, oneOf, type Reading, refused, value } from './format.ts';
import { structureFromText } from './map-formats.ts';
import { glob } from './name-formats.ts';
import { cidr } from './network-formats.ts';
import { someText, text } from './plain-formats.ts';

export interface EndpointRule {
  readonly match: {
    readonly services: readonly string[];
    readonly addresses: readonly string[];
    readonly metadata: Readonly<Record<string, readonly string[]>>;
  };
  readonly network: string | undefined;
  readonly serviceAccount: string | undefined;
  readonly tlsMode: 'istio' | 'disabled' | undefined;
}

const globs = oneOrMore(glob);
const texts = oneOrMore(someText);
const cidrs = oneOrMore(cidr);
const tlsMode = oneOf(['istio', 'disabled']);
const metadataSchema: JsonSchema = { type: 'object', additionalProperties: texts.schema };

/** Scope rules of a kind of registry; `attributes` are the names that its instances have beside metadata. */
export function scopeRules(attributes: readonly string[]): Format<readonly ScopeRule[]> {
  const names = attributes.length === 0 ? 'attributes' : attributes.map((name) => `\`${name}\``).join(', ');
  const properties = {
    ...Object.fromEntries(attributes.map((name) => [name, globs.schema])),
    metadata: metadataSchema,
  };
  return rulesOf(
    `a list of rules over ${names} and \`metadata\``,
    { type: 'object', properties, additionalProperties: false, minProperties: 1 },
    (rule) => readScopeRule(rule, attributes),
  );
}

/** `network`, `serviceAccount`, `tlsMode` for the endpoints that match. */
export const endpointRules: Format<readonly EndpointRule[]> = rulesOf(
  'a list of rules: `match` (`services`, `addresses`, `metadata`) with `network`, `serviceAccount` or `tlsMode`',
  {
    type: 'object',
    properties: {
      match: {
        type: 'object',
        properties: { services: globs.schema, addresses: cidrs.schema, metadata: metadataSchema },
        additionalProperties: false,
      },
      network: someText.schema,
      serviceAccount: someText.schema,
      tlsMode: tlsMode.schema,
    },
    additionalProperties: false,
    anyOf: ['network', 'serviceAccount', 'tlsMode'].map((key) => ({ required: [key] })),
  },
  readEndpointRule,
);

function readScopeRule(rule: ReadonlyMap<unknown, unknown>, names: readonly string[]): Reading<ScopeRule> {
  const unknown = unknownKey(rule, [...names, 'metadata']);
  if (unknown !== undefined) return unknown;
  if (rule.size === 0) return refused('must not be empty: it would match everything');
  const attributes: Record<string, readonly string[]> = Object.create(null);
  for (const name of names) {
    const condition = readOr(rule, name, globs, undefined);
    if (condition.kind === 'refused') return condition;
    if (condition.value !== undefined) attributes[name] = condition.value;
  }
  const metadata = readMetadata(rule.get('metadata'));
  return metadata.kind === 'refused' ? metadata : value({ attributes, metadata: metadata.value });
}

function readEndpointRule(rule: ReadonlyMap<unknown, unknown>): Reading<EndpointRule> {
  const unknown = unknownKey(rule, ['match', 'network', 'serviceAccount', 'tlsMode']);
  if (unknown !== undefined) return unknown;
  const match = readMatch(rule.get('match'));
  if (match.kind === 'refused') return match;
  const network = readOr(rule, 'network', someText, undefined);
  if (network.kind === 'refused') return network;
  const serviceAccount = readOr(rule, 'serviceAccount', someText, undefined);
  if (serviceAccount.kind === 'refused') return serviceAccount;
  const mode = readOr(rule, 'tlsMode', tlsMode, undefined);
  if (mode.kind === 'refused') return mode;
  const result = { network: network.value, serviceAccount: serviceAccount.value, tlsMode: mode.value };
  const isIdle = Object.values(result).every((given) => given === undefined);
  if (isIdle) return refused('must set `network`, `serviceAccount` or `tlsMode`');
  return value({ match: match.value, ...result });
}

function readMatch(written: unknown): Reading<EndpointRule['match']> {
  const match = written === undefined ? new Map<unknown, unknown>() : written;
  if (!(match instanceof Map)) return refused(`(at \`match\`) must be a mapping${insteadOf(match)}`);
  const unknown = unknownKey(match, ['services', 'addresses', 'metadata']);
  if (unknown !== undefined) return unknown;
  const services = readOr(match, 'services', globs, []);
  if (services.kind === 'refused') return services;
  const addresses = readOr(match, 'addresses', cidrs, []);
  if (addresses.kind === 'refused') return addresses;
  const metadata = readMetadata(match.get('metadata'));
  if (metadata.kind === 'refused') return metadata;
  return value({ services: services.value, addresses: addresses.value, metadata: metadata.value });
}

/** Metadata key → allowed values. */
function readMetadata(written: unknown): Reading<Readonly<Record<string, readonly string[]>>> {
  const found: Record<string, readonly string[]> = Object.create(null);
  if (written === undefined) return value(found);
  if (!(written instanceof Map)) return refused(`(at \`metadata\`) must be a mapping${insteadOf(written)}`);
  for (const [key, entry] of written) {
    const name = text.read(key);
    if (name.kind === 'refused') return refused(`(a key of \`metadata\`) ${name.rule}`);
    const values = texts.read(entry);
    if (values.kind === 'refused') return refused(`(at \`metadata.${name.value}\`) ${values.rule}`, values.nearest);
    found[name.value] = values.value;
  }
  return value(found);
}

function readOr<T, D>(rule: ReadonlyMap<unknown, unknown>, key: string, format: Format<T>, absent: D): Reading<T | D> {
  return rule.has(key) ? read(rule, key, format) : value(absent);
}

/** The value of one key of a rule. */
export function read<T>(rule: ReadonlyMap<unknown, unknown>, key: string, format: Format<T>): Reading<T> {
  const reading = format.read(rule.get(key));
  return reading.kind === 'value' ? reading : refused(`(at \`${key}\`) ${reading.rule}`, reading.nearest);
}

/** The refusal of a key that is none of `known`; undefined: there is none. */
export function unknownKey(rule: ReadonlyMap<unknown, unknown>, known: readonly string[]): Reading<never> | undefined {
  for (const key of rule.keys()) {
    if (typeof key === 'string' && known.includes(key)) continue;
    return refused(
      `must use only the keys ${known.map((name) => `\`${name}\``).join(', ')}`,
      nearest(String(key), known),
    );
  }
  return undefined;
}

/** A list of mappings, each read by `readRule`. */
export function rulesOf<T>(
  says: string,
  item: JsonSchema,
  readRule: (rule: ReadonlyMap<unknown, unknown>) => Reading<T>,
): Format<readonly T[]> {
  return {
    says,
    schema: { type: 'array', items: item },
    fromText: (written) => (written === '' ? [] : structureFromText(written)),
    read(written) {
      if (!Array.isArray(written)) return refused(`must be ${says}${insteadOf(written)}`);
      const rules: T[] = [];
      for (const [index, rule] of written.entries()) {
        const reading = rule instanceof Map ? readRule(rule) : refused(`must be a mapping${insteadOf(rule)}`);
        if (reading.kind === 'refused') return refused(`(rule ${index + 1}) ${reading.rule}`, reading.nearest);
        rules.push(reading.value);
      }
      return value(rules);
    },
  };
}

function oneOrMore<T>(item: Format<T>): Format<readonly T[]> {
  return {
    ...item,
    schema: { anyOf: [item.schema, { type: 'array', minItems: 1, items: item.schema }] },
    read(written) {
      const entries: readonly unknown[] = Array.isArray(written) ? written : [written];
      if (entries.length === 0) return refused('must not be an empty list: no value could match');
      const found: T[] = [];
      for (const entry of entries) {
        const reading = item.read(entry);
        if (reading.kind === 'refused') return reading;
        found.push(reading.value);
      }
      return value(found);
    },
  };
}
