// SPDX-License-Identifier: Apache-2.0
// What may stand in a dump of Dubbo's tree: names and data of nodes that decode to what the living tree decodes to, with every
// secret masked. JSON is printed anew, for of a member that is written twice one is never looked at.
import { stringify } from 'yaml';
import { type JsonObject, objectOf, parsedJson } from '../../lib/json-value.ts';
import { type Masking, maskSecrets } from '../decoding/mask-secrets.ts';
import { parseYamlDocument } from '../decoding/yaml-document.ts';
import type { TreeMask } from '../zookeeper/tree/tree-dump.ts';
import { maskDubboUrl } from './records/mask-dubbo-url.ts';

/** A host, an address, a port: what writers put into nodes that are no records. */
const PLAIN_WORD = /^[\w.:-]{0,253}$/;
/** No YAML either, so a document that cannot be read still cannot be. */
const UNREADABLE = '***';
/** Comments, anchors, tags and directives: no value, so no mask sees what stands in them. */
const UNSEEN = /[#&!%]/;

export function createDubboMask(masking: Masking): TreeMask {
  return { name: (name) => maskDubboUrl(name, masking), data: (text) => maskData(text, masking) };
}

function maskData(text: string, masking: Masking): string {
  if (PLAIN_WORD.test(text)) return text;
  const json = parsedJson(text);
  if (json !== undefined) return JSON.stringify(maskJson(json, masking));
  const yaml = parseYamlDocument(text);
  if (yaml.kind === 'broken' || yaml.value === null) return UNREADABLE;
  const masked = stringify(maskSecrets(yaml.value, masking));
  return UNSEEN.test(text) || masked !== stringify(yaml.value) ? masked : text;
}

/** A list of override URLs, the metadata of an application, or a record of one process. */
function maskJson(document: unknown, masking: Masking): unknown {
  if (Array.isArray(document))
    return document.map((one) => (typeof one === 'string' ? maskDubboUrl(one, masking) : maskSecrets(one, masking)));
  const services = objectOf(objectOf(document)?.['services']);
  if (services === undefined) return maskSecrets(document, masking);
  const others = objectOf(maskSecrets({ ...objectOf(document), services: null }, masking));
  return { ...others, services: maskServices(services, masking) };
}

/** They stand under their names, and `com.x.TokenService` is none of a secret. */
function maskServices(services: JsonObject, masking: Masking): JsonObject {
  return Object.fromEntries(Object.entries(services).map(([name, service]) => [name, maskSecrets(service, masking)]));
}
