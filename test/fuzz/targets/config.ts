// The configuration: the file, and what stands in the environment and in flags; and the mesh config that `mesh-config` reads.
import fc from 'fast-check';
import { loadConfig } from '../../../src/config/load.ts';
import { readMeshConfig } from '../../../src/fleet/mesh-config.ts';
import { filesOfCases, read } from '../inputs/corpus.ts';
import { MODERATE } from '../inputs/growth.ts';
import { LARGE_YAML } from '../inputs/large-yaml.ts';
import { mutatedText } from '../inputs/mutated-text.ts';
import { ODD_KEYS, oddText } from '../inputs/oddities.ts';
import { YAML_TOKENS } from '../inputs/yaml-tokens.ts';
import type { Target } from '../target.ts';

const EXAMPLES = ['eureka', 'dubbo', 'spring-cloud-zookeeper', 'file-registry'];
const files = [...EXAMPLES.map((name) => read(`examples/${name}/footbridge.yaml`)), ...filesOfCases('config.yaml')];

/** Every key of a configuration that has registries of two kinds, with the variable for it. */
const keys = keysOf(
  'namespace: a\ninstance: b\nregistries: {one: {kind: eureka, urls: [http://a]}, two: {kind: dubbo, servers: ["a:1"]}}\n',
);
const valueTokens = [
  '30s',
  '64MiB',
  'true',
  'a,b',
  '[a, b]',
  '{a: b}',
  '{"__proto__": {"a": 1}}',
  '[{match: {}}]',
  '[{metadata: {__proto__: [a]}}]',
  '[{match: {metadata: {__proto__: [a]}}, network: n}]',
  '{__proto__: a}',
  '10.0.0.0/8',
  '8080',
];
const value = fc.oneof(fc.constantFrom(...valueTokens), mutatedText(valueTokens, YAML_TOKENS, MODERATE), oddText);

interface ConfigInput {
  readonly file: string;
  readonly env: readonly (readonly [name: string, value: string])[];
  readonly flags: readonly (readonly [path: string, value: string])[];
}

const settings = (names: readonly string[]) =>
  fc.array(fc.tuple(fc.constantFrom(...names, ...ODD_KEYS, 'FOOTBRIDGE_'), value), { maxLength: 3 });

const file: Target<string> = {
  name: 'config-file',
  inputs: mutatedText(files, YAML_TOKENS, MODERATE),
  known: [
    ...LARGE_YAML,
    `namespace: a\ninstance: b\nregistries:\n${registries(1000)}`,
    misspelled(155),
    misspelled(1000),
  ],
  sizeOf: (text) => text.length,
  decode: (text) => loaded({ file: text, env: [], flags: [] }),
  budget: { perCase: 1_000_000, perByte: 200 },
};

const layers: Target<ConfigInput> = {
  name: 'config-layers',
  inputs: fc.record({
    file: fc.constantFrom(...files),
    env: settings(keys.map(({ env }) => env)),
    flags: settings(keys.map(({ path }) => path)),
  }),
  sizeOf: ({ file: text, env, flags }) => text.length + [...env, ...flags].flat().join('').length,
  decode: loaded,
  budget: { perCase: 1_000_000, perByte: 200 },
};

function registries(count: number): string {
  return Array.from({ length: count }, (_, index) => `  r${index}: {kind: file, path: /x}\n`).join('');
}

/** Each is near a key that there is, so that which one was meant is looked for with all its letters. */
function misspelled(count: number): string {
  return Array.from({ length: count }, (_, index) => `ins${index}namespace: shop\n`).join('');
}

function loaded({ file: text, env, flags }: ConfigInput): unknown {
  const result = loadConfig({
    file: { path: 'f.yaml', text },
    env: Object.fromEntries(env),
    flags: Object.fromEntries(flags),
  });
  return result.kind === 'ok' ? [result.config, result.settings] : result;
}

function keysOf(text: string) {
  const result = loadConfig({ file: { path: 'f.yaml', text }, env: {}, flags: {} });
  if (result.kind !== 'ok') throw new Error('the configuration that names the keys is a wrong one');
  return [...result.settings.values()];
}

const CONFIG_MAP = `apiVersion: v1
kind: ConfigMap
metadata: {name: istio}
data:
  mesh: |-
    defaultConfig: {}
    configSources:
    - address: xds://footbridge.payments:9902
      tlsSettings: {mode: SIMPLE, caCertificates: x, subjectAltNames: [a]}
    - address: k8s://
`;

const mesh: Target<string> = {
  name: 'mesh-config',
  inputs: mutatedText(
    [CONFIG_MAP, 'meshConfig:\n  configSources: [{address: "k8s://"}]\n', 'configSources: []\n'],
    YAML_TOKENS,
    MODERATE,
  ),
  known: LARGE_YAML,
  sizeOf: (text) => text.length,
  decode: readMeshConfig,
  budget: { perCase: 5000, perByte: 170 },
};

export const configTargets = { file, layers, mesh };
