// What stands in Dubbo's tree: names of nodes, which are URLs; data of nodes (records, metadata, rules); and a tree as a whole.
import { createDubboMask } from '../../../src/registry/dubbo/dubbo-mask.ts';
import { createDubboProjection } from '../../../src/registry/dubbo/dubbo-projection.ts';
import { decodeApplicationInstance } from '../../../src/registry/dubbo/records/application-instance.ts';
import { decodeApplicationMetadata } from '../../../src/registry/dubbo/records/application-metadata.ts';
import { decodeConsumer } from '../../../src/registry/dubbo/records/consumer.ts';
import { compileDubboSecrets } from '../../../src/registry/dubbo/records/parameters.ts';
import { decodeProvider } from '../../../src/registry/dubbo/records/provider.ts';
import {
  interfaceServiceName,
  parseServiceKey,
  readInterfaceServiceName,
} from '../../../src/registry/dubbo/records/service-identity.ts';
import { decodeOverrides } from '../../../src/registry/dubbo/rules/override-rules.ts';
import { decodeRuleDocument } from '../../../src/registry/dubbo/rules/rule-document.ts';
import { judgeScope } from '../../../src/registry/scope.ts';
import { replayTree } from '../../../src/registry/zookeeper/tree/tree-dump.ts';
import {
  consumerNode,
  encoded,
  FOO,
  instanceData,
  metadataData,
  options,
  providerNode,
  rule,
  scopeOf,
  WHOLE,
} from '../../unit/registry/dubbo/dubbo-fixtures.ts';
import { dumpsOf } from '../inputs/corpus.ts';
import { LARGE, MODERATE } from '../inputs/growth.ts';
import { LARGE_DUBBO } from '../inputs/large-registries.ts';
import { LARGE_YAML } from '../inputs/large-yaml.ts';
import { mutatedBytes } from '../inputs/mutated-bytes.ts';
import { mutatedJson } from '../inputs/mutated-json.ts';
import { mutatedText } from '../inputs/mutated-text.ts';
import { childrenIn, dataIn } from '../inputs/recorded-trees.ts';
import { YAML_TOKENS } from '../inputs/yaml-tokens.ts';
import type { Target } from '../target.ts';

const isSecret = compileDubboSecrets(['internal-*']);
const scope = scopeOf(rule({ application: ['ord*'], version: ['1*', ''] }), rule({}, { zone: ['z1'] }));
const decoding = { judge: judgeScope(scope), isSecret };
const trees = dumpsOf('dubbo');

const names = [
  ...childrenIn(trees).filter((name) => /:\/\/|%3A%2F%2F/i.test(name)),
  providerNode('dubbo://[2001:db8::1]:20880', FOO, {
    group: 'a',
    version: '1.0.0',
    methods: 'a,b',
    'default.weight': '3',
  }),
  providerNode('tri://user:hunter2@10.0.0.1:50051', FOO, { token: 'x', dynamic: 'false', timestamp: '17', zone: 'z1' }),
  consumerNode('shop', FOO, { group: '*', version: '1,2' }),
  encoded(`override://0.0.0.0/${FOO}?category=configurators&weight=5&~host=1&providerAddresses=10.0.0.1:1,10.0.0.2`),
  encoded(`absent://10.0.0.1:1/a/${FOO}:1?disabled=true&priority=2`),
];
const URL_TOKENS = [
  '%3A%2F%2F',
  '%26',
  '&',
  ';',
  '=',
  '?',
  '%3F',
  '@',
  '%40',
  '/',
  ':',
  '[',
  ']',
  '%25',
  '+',
  ',',
  '~',
  '.',
  'a.',
  'default.',
  '&a=1',
  '&methods=',
  '*',
];

const url: Target<string> = {
  name: 'dubbo-url',
  inputs: mutatedText(names, URL_TOKENS, LARGE),
  known: [
    providerNode(
      'dubbo://10.0.0.1:1',
      FOO,
      Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`key${at}`, 'a'])),
    ),
    providerNode('dubbo://10.0.0.1:1', FOO, { methods: Array.from({ length: 2000 }, (_, at) => `m${at}`).join() }),
  ],
  sizeOf: (name) => name.length,
  decode(name) {
    const masked: string[] = [];
    const mask = createDubboMask({ isSecret, onMasked: (key) => void masked.push(key) });
    const provider = decodeProvider(name, FOO, decoding);
    const identity = parseServiceKey(name);
    const service = interfaceServiceName(identity);
    const read = [provider, decodeConsumer(name), decodeOverrides([name, name], FOO), mask.name(name)];
    return [read, masked, service, readInterfaceServiceName(service), readInterfaceServiceName(name)];
  },
  share: 3,
  budget: { perCase: 2000, perByte: 150 },
};

const RULES = [
  'configVersion: v2.7\nscope: application\nkey: orders\nenabled: true\nconfigs:\n- side: provider\n  addresses: ["10.0.0.1:20880"]\n  services: [com.acme.Foo, "a/com.acme.Bar:1"]\n  parameters: {weight: 5, timeout: 3}\n',
  `scope: service\nkey: a/${FOO}:1\nconfigs:\n- {type: weight, enabled: true, side: provider, applications: [orders], parameters: {weight: "7"}}\n- {side: provider, match: {}}\n`,
];
const records = [
  instanceData('10.0.0.1', { dubbo: 20_880, tri: 50_051 }, { zone: 'z1', 'dubbo.tag': 'x' }),
  instanceData('10.0.0.2', {}, { 'dubbo.metadata-service.url-params': '{"dubbo":{"port":"20880"}}', token: 'x' }),
  metadataData({ 'com.acme.Foo:dubbo': { weight: '5', methods: 'a', 'a.timeout': '1' }, 'a/com.acme.Bar:1:tri': {} }),
];
const nodes = dataIn(trees);
const jsonNodes = [...records, ...nodes].flatMap((text): unknown[] => (text.startsWith('{') ? [JSON.parse(text)] : []));

function decodeNode(data: Buffer): unknown {
  const masked: string[] = [];
  const mask = createDubboMask({ isSecret, onMasked: (key) => void masked.push(key) });
  const read = [
    decodeApplicationInstance(data, { application: 'orders', id: '10.0.0.1:20880' }, isSecret),
    decodeApplicationMetadata(data, isSecret),
    decodeRuleDocument(data, 'orders'),
  ];
  return [read, mask.data(data.toString('utf8')), masked];
}

const record: Target<string> = {
  name: 'dubbo-record',
  inputs: mutatedJson(jsonNodes, MODERATE),
  sizeOf: (text) => text.length,
  decode: (text) => decodeNode(Buffer.from(text)),
  share: 2,
  budget: { perCase: 8000, perByte: 350 },
};

const ruleDocument: Target<string> = {
  name: 'dubbo-rule',
  inputs: mutatedText([...RULES, ...nodes.filter((text) => text.includes('configs'))], YAML_TOKENS, MODERATE),
  known: LARGE_YAML,
  sizeOf: (text) => text.length,
  decode: (text) => decodeNode(Buffer.from(text)),
  budget: { perCase: 8000, perByte: 350 },
};

const bytes: Target<Uint8Array> = {
  name: 'dubbo-bytes',
  inputs: mutatedBytes(
    [...RULES, ...records, '10.0.0.1', ''].map((text) => Buffer.from(text)),
    MODERATE,
  ),
  sizeOf: (given) => given.length,
  decode: (given) => decodeNode(Buffer.from(given)),
  budget: { perCase: 8000, perByte: 350 },
};

const tree: Target<string> = {
  name: 'dubbo-tree',
  inputs: mutatedJson(trees, LARGE),
  known: LARGE_DUBBO,
  sizeOf: (text) => text.length,
  decode: (text) => [
    replayTree(text, 'rpc', createDubboProjection('rpc', options(), WHOLE)),
    replayTree(text, 'rpc', createDubboProjection('rpc', options({ services: 'interface' }), scope)),
  ],
  budget: { perCase: 5000, perByte: 60 },
};

export const dubboTargets = { url, record, ruleDocument, bytes, tree };
