// SPDX-License-Identifier: Apache-2.0
// The table of formats: every name that a ConfigField may use, what it gives, and the same as formats of convict. None of
// convict's own formats is used, because they read rubbish as values.
import convict from 'convict';
import type { ConfigField } from '../lib/config-field.ts';
import { PROTOCOLS } from '../model/service.ts';
import { type Format, listOf, oneOf, optional } from './format.ts';
import { freezeList } from './freeze-formats.ts';
import { annotationsMap, headerFileMap, hostMap, labelsMap, textMap } from './map-formats.ts';
import {
  dnsLabel,
  dnsSubdomain,
  exportTo,
  globList,
  host,
  hostSuffixList,
  hostTemplate,
  instanceName,
} from './name-formats.ts';
import { cidr, cidrList, cidrV4, optionalCidrV6, portRangeList, urlList } from './network-formats.ts';
import { flag, list, listenPort, optionalText, portNumber, strictInt, text } from './plain-formats.ts';
import { duration, optionalDuration, percent, size } from './quantity-formats.ts';
import { endpointRules, scopeRules } from './rule-formats.ts';
import { zooKeeperAuth, zooKeeperPath, zooKeeperRoot, zooKeeperServers } from './zookeeper-formats.ts';

const protocol = oneOf(PROTOCOLS);

export const FORMATS = {
  text,
  'optional-text': optionalText,
  'strict-int': strictInt,
  'port-number': portNumber,
  'listen-port': listenPort,
  'optional-listen-port': optional(listenPort),
  duration,
  'optional-duration': optionalDuration,
  size,
  percent,
  flag,
  list,
  'url-list': urlList,
  'zookeeper-servers': zooKeeperServers,
  'zookeeper-path': zooKeeperPath,
  'zookeeper-root': zooKeeperRoot,
  'zookeeper-auth': zooKeeperAuth,
  cidr,
  'cidr-v4': cidrV4,
  'optional-cidr-v6': optionalCidrV6,
  'cidr-list': cidrList,
  'glob-list': globList,
  'host-suffix-list': hostSuffixList,
  host,
  'dns-label': dnsLabel,
  'dns-subdomain': dnsSubdomain,
  'instance-name': instanceName,
  'host-template': hostTemplate,
  'port-range-list': portRangeList,
  'export-to': exportTo,
  'optional-protocol': optional(protocol),
  'protocol-list': listOf('protocols', protocol),
  'text-map': textMap,
  'labels-map': labelsMap,
  'annotations-map': annotationsMap,
  'header-file-map': headerFileMap,
  'host-map': hostMap,
  'endpoint-rules': endpointRules,
  'freeze-list': freezeList,
  'scope-rules': scopeRules([]),
} as const satisfies Readonly<Record<string, Format<unknown>>>;

export type FormatName = keyof typeof FORMATS;

/** What a field of this format gives: `FieldValue<'duration'>` is number, `FieldValue<readonly ['a', 'b']>` is 'a' | 'b'. */
export type FieldValue<F> = F extends FormatName
  ? (typeof FORMATS)[F] extends Format<infer T>
    ? T
    : never
  : F extends readonly (infer Word)[]
    ? Word
    : never;

/** The format of a field. Throws on an unknown name: that is a defect of a declaration, and a test finds it. */
export function formatOf(field: Pick<ConfigField, 'format' | 'attributes'>): Format<unknown> {
  if (typeof field.format !== 'string') return oneOf(field.format);
  if (field.format === 'scope-rules') return scopeRules(field.attributes ?? []);
  if (!isFormatName(field.format)) throw new Error(`no configuration format is called ${field.format}`);
  return FORMATS[field.format];
}

/** Makes the formats known to convict, whose table of formats is one for the whole process. Doing it again changes nothing. */
export function addFormatsToConvict(): void {
  for (const name of Object.keys(FORMATS)) {
    convict.addFormat({
      name,
      coerce: (written: string) => formatOf({ format: name }).fromText(written),
      validate(written: unknown, field: convict.SchemaObj) {
        const reading = formatOf({ format: name, attributes: field['attributes'] }).read(written);
        if (reading.kind === 'refused') throw new Error(reading.rule);
      },
    });
  }
}

function isFormatName(name: string): name is FormatName {
  return Object.hasOwn(FORMATS, name);
}
