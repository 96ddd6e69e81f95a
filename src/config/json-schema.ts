// SPDX-License-Identifier: Apache-2.0
// The configuration file as JSON Schema (draft 7: what editors and Helm read). It is made from the same declarations as the
// loader and never stricter than it; rules over several keys, and keys that another layer may give, are the loader's alone.
import type { ConfigField, ConfigFields } from '../lib/config-field.ts';
import { isField } from './field-tree.ts';
import type { JsonSchema } from './format.ts';
import { formatOf } from './formats.ts';
import { plain } from './problem.ts';
import { isRegistryKind, REGISTRY_SCHEMAS, type RegistryKindName, registryFields } from './registry-schema.ts';
import { programFields } from './schema.ts';

/** The schema of a whole file. Secrets are left out: they do not belong there. */
export function configJsonSchema(): JsonSchema {
  const kinds = Object.keys(REGISTRY_SCHEMAS).filter(isRegistryKind);
  const registries = {
    description:
      'The registries to read, by name. The name is part of hosts and resource names: never change it later.',
    type: 'object',
    patternProperties: { '^[a-z0-9]{1,15}$': { oneOf: kinds.map(registrySchema) } },
    additionalProperties: false,
  };
  const { properties } = propertiesOf(programFields);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Footbridge configuration',
    type: 'object',
    properties: { ...properties, registries: orNothing(registries) },
    additionalProperties: false,
  };
}

/** `kind` tells the alternatives apart, so it must stand in the file wherever the entry does. */
function registrySchema(kind: RegistryKindName): JsonSchema {
  const { properties, additionalProperties } = propertiesOf(registryFields(kind));
  return {
    type: 'object',
    properties: { ...properties, kind: { description: 'What it is.', const: kind } },
    required: ['kind'],
    additionalProperties,
  };
}

interface Properties {
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties: false;
}

function propertiesOf(fields: ConfigFields): Properties {
  const properties: Record<string, JsonSchema> = {};
  for (const [name, node] of Object.entries(fields)) {
    if (!isField(node)) properties[name] = orNothing({ ...propertiesOf(node) });
    else if (node.sensitive !== true) properties[name] = leafSchema(node);
  }
  return { properties, additionalProperties: false };
}

function leafSchema(field: ConfigField): JsonSchema {
  const declared = field.required === true ? {} : { default: plain(field.default) };
  return { description: field.doc, ...declared, ...formatOf(field).schema };
}

/** A section may be there with nothing in it. */
function orNothing(schema: JsonSchema): JsonSchema {
  return { ...schema, type: ['object', 'null'] };
}
