// The chart's values.yaml is read as documentation, and the schema that is made of it is strict and knows the whole program.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { configJsonSchema } from '../../src/config/json-schema.ts';
import { CHART_KEYS } from '../../tools/chart/program-schema.ts';
import { readValues } from '../../tools/chart/read-values.ts';
import { valuesSchema } from '../../tools/chart/values-schema.ts';

type Node = Readonly<Record<string, unknown>>;

describe('values.yaml', () => {
  const read = (text: string) => readValues(text);

  test('gives each value its path, its sentence over several lines, and its default', () => {
    const [first, second] = read('# -- One.\n# Still one.\na: 1\n\nsection:\n  # -- Two.\n  b: [x]\n');
    assert.deepEqual([first?.path, first?.sentence, first?.default], [['a'], 'One. Still one.', 1]);
    assert.deepEqual([second?.path, second?.sentence, second?.default], [['section', 'b'], 'Two.', ['x']]);
  });

  test('takes what stands deeper as the default of the value', () => {
    const [only, ...more] = read('# -- One.\n# @ {open: Pod}\na:\n  b: 1\n  c: { d: 2 }\n');
    assert.deepEqual(only?.default, { b: 1, c: { d: 2 } });
    assert.deepEqual(more, []);
  });

  test('has a required value as a comment, without a default; other comments are none', () => {
    const values = read('# A file.\n\n# -- One.\n# @ {required: true, type: string}\n# a: ""\n# note: not a value\n');
    assert.deepEqual(
      values.map(({ path, hint, default: declared }) => [path.join('.'), hint.required, declared]),
      [['a', true, undefined]],
    );
  });

  test('must say a sentence for every value', () => {
    assert.throws(() => read('a: 1\n'), /`a` has no sentence: put `# -- …` above it/);
    assert.throws(() => read('section:\n  b: 1\n'), /`section\.b` has no sentence/);
  });

  test('must say what lists and free mappings hold', () => {
    assert.throws(() => valuesSchema(read('# -- One.\na: []\n')), /a: a list needs `items`/);
    assert.throws(() => valuesSchema(read('# -- One.\na: {}\n')), /a: a mapping needs `values` or `open`/);
  });
});

describe('values.schema.json', () => {
  const schema = JSON.parse(readFileSync('charts/footbridge/values.schema.json', 'utf8')) as Node;

  test('is strict: every mapping either names its keys, or is Kubernetes’ own, or has free keys with one form', () => {
    assert.deepEqual(looseIn(schema, ''), []);
  });

  test('requires what has no default, and nothing else', () => {
    assert.deepEqual(schema['required'], ['registries', 'image']);
    assert.deepEqual(at(schema, 'properties', 'image', 'required'), ['repository']);
  });

  test('knows every key of the program: as a value of its own, under config, or decided by the chart', () => {
    const keys = leavesOf(configJsonSchema()).filter((path) => !path.startsWith('registries'));
    const inConfig = leavesOf(at(schema, 'properties', 'config') as Node);
    assert.deepEqual(
      keys.filter((key) => !(CHART_KEYS as readonly string[]).includes(key)).sort(),
      [...inConfig].sort(),
    );
  });

  test('knows every kind of registry with every key, files as references', () => {
    const [pattern = ''] = Object.keys(at(configJsonSchema(), 'properties', 'registries', 'patternProperties') as Node);
    const kinds = at(
      configJsonSchema(),
      'properties',
      'registries',
      'patternProperties',
      pattern,
      'oneOf',
    ) as readonly Node[];
    const rules = at(schema, 'properties', 'registries', 'patternProperties', pattern, 'allOf') as readonly Node[];
    assert.equal(rules.length, kinds.length);
    for (const [index, kind] of kinds.entries()) {
      const then = at(rules[index], 'then') as Node;
      assert.deepEqual(at(then, 'properties', 'kind'), at(kind, 'properties', 'kind'));
      const expected = leavesOf(kind).map((path) =>
        path === 'path' ? 'existingConfigMap' : path.replace(/\.\w+Files?$/, '.existingSecret'),
      );
      assert.deepEqual([...new Set(leavesOf(then).map(asReference))].sort(), [...new Set(expected)].sort());
    }
  });
});

/** Paths of mappings with unknown keys that nobody allowed. */
function looseIn(schema: unknown, path: string): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap((one, index) => looseIn(one, `${path}/${index}`));
  if (!isNode(schema)) return [];
  // What an `if` looks at, and what of a registry all kinds share, does not say what may be there.
  if (path.endsWith('/if') || path === '/properties/global') return [];
  const isMapping =
    schema['type'] === 'object' ||
    (Array.isArray(schema['type']) && schema['type'].includes('object')) ||
    'properties' in schema;
  const isClosed = 'additionalProperties' in schema || 'allOf' in schema || '$comment' in schema;
  const isItem = path.endsWith('/items');
  const inner = Object.entries(schema)
    .filter(([key]) => key !== 'default' && key !== 'example')
    .flatMap(([key, value]) => looseIn(value, `${path}/${key}`));
  return isMapping && !isClosed && !isItem ? [path, ...inner] : inner;
}

/** Dotted paths of everything that has no properties of its own. */
function leavesOf(schema: Node, path = ''): readonly string[] {
  const properties = schema['properties'];
  const isReference = /(?:^|\.)existing(?:Secret|ConfigMap)$/.test(path);
  if (!isNode(properties) || isReference) return [path];
  return Object.entries(properties).flatMap(([name, inner]) =>
    leavesOf(inner as Node, path === '' ? name : `${path}.${name}`),
  );
}

/** A CA may stand in either. */
function asReference(path: string): string {
  return path.replace('.existingConfigMap', '.existingSecret');
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((found, key) => (isNode(found) ? found[key] : undefined), value);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
