import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { configTree, leavesOf } from '../../../src/config/field-tree.ts';
import { configJsonSchema } from '../../../src/config/json-schema.ts';
import { load, SMALLEST } from './samples.ts';
import { schemaProblems } from './schema-check.ts';

const SCHEMA = configJsonSchema();

/** Added to the smallest file. */
const GOOD: readonly string[] = [
  '',
  'guard:\n',
  'serve: {port: 0, address: "::"}\n',
  'guard: {removalDebounce: 250ms, emptyGrace: 0s}\n',
  'coldStart: {bound: never}\n',
  'hosts: {pay.example.com: [legacy/PAY]}\n',
  'owner: {team: null, labels: {example.com/a: b}, annotations: {a: "x y"}}\n',
  'owner: {team: ""}\n',
  'admit: {ports: [80, 8000-9000], addresses: [10.0.0.0/8], hostSuffixes: [.a, b.c]}\n',
  'endpointRules: [{match: {services: legacy/*}, network: n}, {tlsMode: istio}]\n',
  'freeze: [{target: legacy/X, reason: x, until: "2026-12-01T12:00:00Z"}, {target: "*", reason: y}]\n',
  'ports: {primary: http, published: [grpc], numbers: {http: 8080}}\n',
  'virtualIps: {enabled: false, rangeV6: null}\n',
  '    scope: {include: [{app: A}, {vip: [a, b], metadata: {team: [x]}}], exclude: [{group: g}]}\n',
  '    maxBytes: 64KiB\n',
  '    maxBytes: 65536\n',
  '    auth: {username: u, passwordFile: /p, headerFiles: {X-A: ./x}}\n',
  '  vm: {kind: file, path: /x}\n',
  '  z: {kind: dubbo, servers: [zk-1, "zk-2:2182"], chroot: /a, roots: {interfaces: none}, scope: {include: [{interface: com.x.*}]}}\n',
  '  z: {kind: spring-cloud-zookeeper, servers: [zk], root: /s, auth: {scheme: digest, username: u, passwordFile: /p}}\n',
];

const BAD: readonly string[] = [
  'gaurd: {}\n',
  'guard: 5s\n',
  'guard: {removalDebounce: 5}\n',
  'guard: {removalDebounce: 5 s}\n',
  'coldStart: {bound: null}\n',
  'serve: {port: "80"}\n',
  'serve: {port: 65536}\n',
  'virtualIps: {enabled: "yes"}\n',
  'exportTo: a,b\n',
  'exportTo: [~x]\n',
  'admit: {ports: ["80abc"]}\n',
  'admit: {addresses: [10.0.0.0]}\n',
  'admit: {hostSuffixes: ["*.a"]}\n',
  'hosts: {a.b: []}\n',
  'hosts: {pay: [legacy/X]}\n',
  'hosts: {a.b: [X]}\n',
  'owner: {labels: {"a b": c}}\n',
  'owner: {labels: {a: "b c"}}\n',
  'owner: {labels: [a]}\n',
  'endpointRules: [{}]\n',
  'endpointRules: [{tlsMode: x}]\n',
  'endpointRules: [{match: {service: x}, network: n}]\n',
  'freeze: [{target: "*"}]\n',
  'freeze: [{target: X, reason: x}]\n',
  'ports: {primary: thrift}\n',
  'log: {level: INFO}\n',
  'hostTemplate: a.b\n',
  'labelPrefix: A.b\n',
  '    scope: {include: [{}]}\n',
  '    scope: {include: [{service: x}]}\n',
  '    scope: {include: [{app: []}]}\n',
  '    auth: {password: x}\n',
  '    auth: {headerFiles: {A: Bearer x}}\n',
  '    maxBytes: 64kb\n',
  '    path: x\n',
  '  vm: {kind: file, path: /x, urls: []}\n',
  '  vm: {path: /x}\n',
  '  vm: {kind: other}\n',
  '  VM: {kind: file, path: /x}\n',
];

describe('the JSON schema of the configuration', () => {
  test('accepts what the loader accepts', () => {
    for (const addition of GOOD) {
      const text = SMALLEST + addition;
      assert.equal(load(text).kind, 'ok', addition);
      assert.deepEqual(schemaProblems(SCHEMA, parse(text)), [], addition);
    }
  });

  test('refuses what the loader refuses for its form', () => {
    for (const addition of BAD) {
      const text = SMALLEST + addition;
      assert.equal(load(text).kind, 'invalid', addition);
      assert.notDeepEqual(schemaProblems(SCHEMA, parse(text)), [], addition);
    }
  });

  test('is no stricter than the loader where only the loader can judge', () => {
    for (const addition of [
      'admit: {addresses: [10.0.0.1/8]}\n',
      'admin: {port: 9902}\n',
      'publish: {quietPeriod: 5s}\n',
    ]) {
      assert.equal(load(SMALLEST + addition).kind, 'invalid');
      assert.deepEqual(schemaProblems(SCHEMA, parse(SMALLEST + addition)), [], addition);
    }
  });

  test('has exactly the declared keys, without secrets', () => {
    const kinds = ['eureka', 'dubbo', 'spring-cloud-zookeeper', 'file'] as const;
    const leaves = kinds.flatMap((kind) => leavesOf(configTree(new Map([['x', kind]]))));
    const keys = leaves.filter(({ field }) => field.sensitive !== true).map(({ path }) => path);
    assert.deepEqual([...new Set(schemaKeys(SCHEMA))].sort(), [...new Set(keys)].sort());
  });

  test('holds defaults that it accepts itself', () => {
    const withDefaults = leavesOf(configTree(new Map())).map(({ path, field }) => [path, field.default] as const);
    for (const [path, standard] of withDefaults) {
      if (standard === null) continue;
      const document = path.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), standard);
      assert.deepEqual(schemaProblems(SCHEMA, document), [], path);
    }
  });
});

/** Dotted paths of all leaves; entries of `registries` as `x`, of every kind. */
function schemaKeys(schema: unknown, path = ''): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties, patternProperties, oneOf } = schema as Record<string, Record<string, unknown> | undefined>;
  if (Array.isArray(oneOf)) return [...new Set(oneOf.flatMap((each) => schemaKeys(each, path)))];
  if (patternProperties !== undefined)
    return Object.values(patternProperties).flatMap((each) => schemaKeys(each, `${path}.x`));
  if (properties === undefined) return [path];
  return Object.entries(properties).flatMap(([name, each]) => schemaKeys(each, path === '' ? name : `${path}.${name}`));
}
