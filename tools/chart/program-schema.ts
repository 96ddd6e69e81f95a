// The parts of the program's own schema that values of the chart are typed by. A file becomes a reference to the Secret or
// ConfigMap that holds it; what the chart decides itself is left out; alternatives are told apart by `if`, because of `oneOf` Helm
// can only say that none fits.
import type { JsonSchema } from '../../src/config/format.ts';
import { configJsonSchema } from '../../src/config/json-schema.ts';

/** Keys of the configuration file that have values of their own, or that only the chart can know. */
export const CHART_KEYS = [
  'namespace',
  'instance',
  'registries',
  'exportTo',
  'serve.address',
  'serve.port',
  'serve.tls.mode',
  'serve.tls.certificateFile',
  'serve.tls.keyFile',
  'serve.tls.caFile',
  'serve.tls.minVersion',
  'serve.plaintextPort',
  'serve.accessListFile',
  'admin.address',
  'admin.port',
] as const;

/** By the name that a hint uses. */
export function programSchema(part: string): JsonSchema {
  const whole = configJsonSchema();
  if (part === 'rest') return withoutKeys(whole, CHART_KEYS);
  if (part === 'registries') return registriesSchema(property(whole, 'registries'));
  return property(whole, part);
}

function withoutKeys(schema: JsonSchema, keys: readonly string[]): JsonSchema {
  const left = Object.entries(propertiesOf(schema)).flatMap(([name, sub]) => {
    if (keys.includes(name)) return [];
    const inner = keys.filter((key) => key.startsWith(`${name}.`)).map((key) => key.slice(name.length + 1));
    const kept = inner.length === 0 ? sub : withoutKeys(sub, inner);
    const isEmpty = inner.length > 0 && Object.keys(propertiesOf(kept)).length === 0;
    return isEmpty ? [] : [[name, kept] as const];
  });
  const { $schema: _dialect, title: _title, ...rest } = schema;
  return { ...rest, properties: Object.fromEntries(left) };
}

function registriesSchema(schema: JsonSchema): JsonSchema {
  const [[pattern, { oneOf }]] = Object.entries(
    schema['patternProperties'] as Record<string, { oneOf: JsonSchema[] }>,
  ) as [[string, { oneOf: JsonSchema[] }]];
  const kinds = oneOf.map((registry) => ({
    kind: property(registry, 'kind')['const'],
    schema: withReferences(registry),
  }));
  const registry = {
    type: 'object',
    properties: { kind: { description: 'What it is.', enum: kinds.map(({ kind }) => kind) } },
    required: ['kind'],
    allOf: kinds.map(({ kind, schema: then }) => {
      const isThis = { properties: { kind: { const: kind } }, required: ['kind'] };
      return { if: isThis, ...{ then } };
    }),
  };
  return { ...schema, type: 'object', patternProperties: { [pattern]: registry } };
}

/** Every `…File` becomes a `…Key` of an `existingSecret`; the CA, and the file of kind `file`, may stand in a ConfigMap. */
function withReferences(registry: JsonSchema): JsonSchema {
  const sections = ['auth', 'tls'].filter((name) => name in propertiesOf(registry));
  const replaced = Object.fromEntries(sections.map((name) => [name, sectionWithReferences(property(registry, name))]));
  const { path, ...properties } = { ...propertiesOf(registry), ...replaced } as Record<string, JsonSchema>;
  const own = path === undefined ? {} : { existingConfigMap: reference({ key: keyOf(path) }, ['key']) };
  return { ...registry, properties: { ...properties, ...own } };
}

function sectionWithReferences(section: JsonSchema): JsonSchema {
  const all = Object.entries(propertiesOf(section));
  const files = all.filter(([name]) => /Files?$/.test(name));
  const keys = Object.fromEntries(files.map(([name, sub]) => [name.replace(/File(s?)$/, 'Key$1'), keyOf(sub)]));
  const others = Object.fromEntries(all.filter(([name]) => !/Files?$/.test(name)));
  const { caKey } = keys;
  const ca = caKey === undefined ? {} : { existingConfigMap: reference({ caKey }, ['caKey']) };
  return { ...section, properties: { ...others, existingSecret: reference(keys, []), ...ca } };
}

function reference(keys: Readonly<Record<string, JsonSchema>>, required: readonly string[]): JsonSchema {
  const name = { description: 'Its name, in the namespace of the release.', type: 'string', minLength: 1 };
  return {
    type: 'object',
    properties: { name, ...keys },
    required: ['name', ...required],
    minProperties: 2,
    additionalProperties: false,
  };
}

const ONE_KEY = { type: 'string', pattern: '^[-._a-zA-Z0-9]+$' };

function keyOf(file: JsonSchema): JsonSchema {
  const description = `Its key for: ${String(file['description'])}`;
  return file['type'] === 'object'
    ? { description, type: 'object', additionalProperties: ONE_KEY }
    : { description, ...ONE_KEY };
}

function propertiesOf(schema: JsonSchema): Readonly<Record<string, JsonSchema>> {
  return (schema['properties'] ?? {}) as Record<string, JsonSchema>;
}

function property(schema: JsonSchema, name: string): JsonSchema {
  const found = propertiesOf(schema)[name];
  if (found === undefined) throw new Error(`the configuration has no key \`${name}\``);
  return found;
}
