// SPDX-License-Identifier: Apache-2.0
// convict, in this file alone: it holds the schema, puts the layers on each other (default < file < environment < flag) and
// checks the result once more. It is handed leaves that were judged already, and neither the environment nor the command
// line of the process, which it reads by itself when it is given none.
//
// Guards, each for something that convict 6.2.5 does: leaves of the file are set one by one, because `load` merges a
// mapping into the default instead of replacing it; mappings are Maps, because its validation loses keys with a dot;
// afterwards `load({})` makes it apply the environment again, which is its way to put that above the file.
import convict from 'convict';
import type { ConfigField, ConfigFields } from '../lib/config-field.ts';
import { leavesOf } from './field-tree.ts';
import { addFormatsToConvict } from './formats.ts';
import type { Written } from './layer.ts';

export interface Layers {
  readonly file: readonly Written[];
  /** Texts by variable: convict turns them into values with the same formats. */
  readonly env: Readonly<Record<string, string>>;
  readonly flags: readonly Written[];
}

/** The effective document value of every key, by path. Throws only on a defect: on leaves that were not judged before. */
export function layerByConvict(tree: ConfigFields, layers: Layers): ReadonlyMap<string, unknown> {
  addFormatsToConvict();
  const layered = convict<Record<string, unknown>>(convictSchema(tree), { env: { ...layers.env }, args: [] });
  for (const { leaf, value } of layers.file) layered.set(leaf.path, value);
  layered.load({});
  for (const { leaf, value } of layers.flags) layered.set(leaf.path, value);
  layered.validate({ allowed: 'strict' });
  return new Map(leavesOf(tree).map(({ path }) => [path, layered.get(path)]));
}

/** Plain defaults of a declaration as document values: mappings are Maps. */
export function documentDefault(field: ConfigField): unknown {
  const { default: declared } = field;
  const isMapping = typeof declared === 'object' && declared !== null && !Array.isArray(declared);
  return isMapping ? new Map(Object.entries(declared)) : declared;
}

function convictSchema(tree: ConfigFields): Record<string, convict.SchemaObj> {
  const schema: Record<string, convict.SchemaObj> = {};
  for (const { path, env, field } of leavesOf(tree)) {
    const format = typeof field.format === 'string' ? field.format : [...field.format];
    const nullable = field.required === true;
    place(schema, path.split('.'), { ...field, format, default: documentDefault(field), env, nullable });
  }
  return schema;
}

function place(schema: Record<string, unknown>, path: readonly string[], leaf: convict.SchemaObj): void {
  const [name = '', ...below] = path;
  if (below.length === 0) {
    schema[name] = leaf;
    return;
  }
  schema[name] ??= {};
  const section = schema[name];
  if (isSection(section)) place(section, below, leaf);
}

function isSection(node: unknown): node is Record<string, unknown> {
  return typeof node === 'object' && node !== null;
}
