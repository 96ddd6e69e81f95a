// SPDX-License-Identifier: Apache-2.0
// Rules as documents of the configuration centre, since Dubbo 2.7: YAML for one service or one application, or a JSON array of
// override URLs. What takes effect is decided as in Dubbo's own ConfigParser.

import { parsedJson } from '../../../lib/json-value.ts';
import { type DocumentValue, parseYamlDocument } from '../../decoding/yaml-document.ts';
import { type ParsedUrl, parseDubboUrl } from '../records/dubbo-url.ts';
import { flagOf } from '../records/parameters.ts';
import { parseServiceKey } from '../records/service-identity.ts';
import { overrideRules, settingsOf } from './override-rules.ts';
import { ANY, ANY_HOST, inOrder, type Rule, type RuleSet } from './rule.ts';

type YamlMap = ReadonlyMap<unknown, DocumentValue>;

const NOTHING: RuleSet = { rules: [], faults: [] };

/** Never throws: what cannot be read says nothing. `subject` is for people. */
export function decodeRuleDocument(data: Buffer, subject: string): RuleSet {
  const text = data.toString();
  if (text.trim() === '') return NOTHING;
  const urls = parsedJson(text);
  if (Array.isArray(urls)) return overrideRules(urls.map(parsedUrl), subject);
  const parsed = parseYamlDocument(text);
  // The parser's own message can quote the document.
  if (parsed.kind === 'broken') return broken(subject, 'it is no valid YAML');
  if (!(parsed.value instanceof Map)) return broken(subject, 'it is no map');
  return decodeDocument(parsed.value, subject);
}

/** Whatever else a list holds is no URL; making a text of it could throw. */
function parsedUrl(item: unknown): ParsedUrl {
  return parseDubboUrl(typeof item === 'string' ? item : '');
}

function decodeDocument(document: YamlMap, subject: string): RuleSet {
  const key = textAt(document, 'key');
  const configs = document.get('configs') ?? [];
  if (key === undefined) return broken(subject, 'it names no `key`');
  if (!Array.isArray(configs)) return broken(subject, 'its `configs` are no list');
  const items = configs.filter((config): config is YamlMap => config instanceof Map);
  const rules: Rule[] = [];
  const faults: string[] = [];
  if (items.length < configs.length) faults.push(`some \`configs\` of the configurator of ${subject} are no maps`);
  for (const item of items) {
    if (!isInForce(item, document)) continue;
    if (item.has('match')) faults.push(`a rule of the configurator of ${subject} has \`match\`, which is not honoured`);
    else rules.push(...rulesOf(item, document, key));
  }
  return { rules: inOrder(rules), faults };
}

/**
 * An item of a type of its own is switched by itself, and off unless it says otherwise; the others are switched together. The
 * side must be named: without it Dubbo applies the rule to nobody.
 */
function isInForce(item: YamlMap, document: YamlMap): boolean {
  const type = textAt(item, 'type') ?? 'general';
  const isOn = type === 'general' ? flagOf(textAt(document, 'enabled'), true) : flagOf(textAt(item, 'enabled'), false);
  return isOn && textAt(item, 'side') === 'provider';
}

/** One rule for each address and each service or application that it names. */
function rulesOf(item: YamlMap, document: YamlMap, key: string): readonly Rule[] {
  const hosts = textsAt(item, 'addresses').map(hostOf);
  const common = {
    port: undefined,
    addresses: textsAt(item, 'providerAddresses'),
    ...settingsOf(parametersOf(item)),
    isFallback: false,
    appliedBy: 'provider' as const,
  };
  return [...new Set(hosts.length > 0 ? hosts : [ANY_HOST])].flatMap((host) =>
    subjects(item, document, key).map((subject) => ({ ...common, ...subject, host })),
  );
}

/** `10.0.0.5:20880` is about 10.0.0.5: Dubbo compares the host alone, and ports only in `providerAddresses`. */
function hostOf(address: string): string {
  const parsed = parseDubboUrl(`override://${address}/`);
  if (parsed.kind === 'url') return parsed.url.host;
  return address.replace(/:\*$/, '');
}

function subjects(item: YamlMap, document: YamlMap, key: string): readonly Pick<Rule, 'application' | 'service'>[] {
  if (textAt(document, 'scope') === 'application') {
    const services = textsAt(item, 'services');
    const application = key === ANY ? undefined : key;
    if (services.length === 0 || services.includes(ANY)) return [{ application, service: undefined }];
    return services.map((service) => ({ application, service: parseServiceKey(service) }));
  }
  const service = key === ANY ? undefined : parseServiceKey(key);
  const applications = textsAt(item, 'applications');
  if (applications.length === 0 || applications.includes(ANY)) return [{ application: undefined, service }];
  return applications.map((application) => ({ application, service }));
}

function parametersOf(item: YamlMap): ReadonlyMap<string, string> {
  const parameters = item.get('parameters');
  const texts = new Map<string, string>();
  if (!(parameters instanceof Map)) return texts;
  for (const [key, value] of parameters)
    if (typeof key === 'string' && typeof value === 'string') texts.set(key, value);
  return texts;
}

function textAt(map: YamlMap, key: string): string | undefined {
  const value = map.get(key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A list of texts, or one text for a list of one. */
function textsAt(map: YamlMap, key: string): readonly string[] {
  const value = map.get(key);
  const list = Array.isArray(value) ? value : [value];
  return list.filter((text): text is string => typeof text === 'string' && text !== '');
}

function broken(subject: string, why: string): RuleSet {
  return { rules: [], faults: [`the configurator of ${subject} cannot be read: ${why}`] };
}
