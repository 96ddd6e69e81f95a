// SPDX-License-Identifier: Apache-2.0
// What the configuration file says. Sections may be empty; keys that nobody declared and secrets are refused. Values of
// unknown keys are never shown: a misspelled password key would put the password into a log.
import type { ConfigFields } from '../lib/config-field.ts';
import { nearest } from '../lib/nearest.ts';
import { printable } from '../lib/printable.ts';
import type { ConfigDocument } from './document.ts';
import { isField } from './field-tree.ts';
import type { KnownKeys, Layer, Written } from './layer.ts';
import { type ConfigProblem, type ConfigProblemCode, MASK, type Origin } from './problem.ts';

/** Another file that was taken for the configuration has no keys that were meant, and looking for one goes through all there are. */
const MOST_SUGGESTIONS = 20;

export function readFileLayer(filePath: string, document: ConfigDocument, known: KnownKeys): Layer {
  const written: Written[] = [];
  const problems: ConfigProblem[] = [];
  const originAt = (path: readonly string[]): Origin => ({ kind: 'file', path: filePath, line: document.lineOf(path) });
  const isFew = (): boolean => problems.length < MOST_SUGGESTIONS;
  const refuse = (
    code: ConfigProblemCode,
    path: readonly string[],
    rule: string,
    more: Partial<ConfigProblem> = {},
  ) => {
    const key = printable(path.join('.'));
    problems.push({ code, key, value: undefined, rule, origin: originAt(path), nearest: undefined, ...more });
  };

  function readSection(section: ReadonlyMap<unknown, unknown>, fields: ConfigFields, above: readonly string[]): void {
    for (const [name, value] of section) {
      const path = [...above, String(name)];
      if (path.length === 2 && path[0] === 'registries' && known.skipped.has(String(name))) continue;
      readEntry(path, value, Object.hasOwn(fields, String(name)) ? fields[String(name)] : undefined);
    }
  }

  function readEntry(path: readonly string[], value: unknown, node: ConfigFields[string] | undefined): void {
    if (node === undefined) refuseUnknown(path);
    else if (isField(node)) readLeaf(path, value);
    else if (value instanceof Map) readSection(value, node, path);
    else if (value !== null) refuse('WRONG_VALUE', path, `must be ${sectionOf(path, node)}`);
  }

  function readLeaf(path: readonly string[], value: unknown): void {
    const leaf = known.byPath.get(path.join('.'));
    if (leaf?.field.sensitive === true) {
      const rule = `is a secret and must not stand in the file: set ${leaf.env}`;
      refuse('SECRET_MISPLACED', path, rule, { value: MASK });
    } else if (leaf !== undefined) {
      written.push({ leaf, value, origin: originAt(path) });
    }
  }

  function refuseUnknown(path: readonly string[]): void {
    const key = path.join('.');
    if (known.byPath.has(key)) refuse('UNKNOWN_KEY', path, 'must be nested: a dot in a key means nothing in the file');
    else refuse('UNKNOWN_KEY', path, 'is not a key', { nearest: isFew() ? nearestKey(key, known) : undefined });
  }

  if (document.content instanceof Map) readSection(document.content, known.tree, []);
  return { written, problems };
}

function sectionOf(path: readonly string[], fields: ConfigFields): string {
  if (path.join('.') === 'registries') return 'a mapping of names to registries';
  return `a section with ${Object.keys(fields).join(', ')}`;
}

/**
 * The declared key that was meant by `path`: a near spelling, or the same name in another section. Inside a registry only
 * its own keys are looked at: those of its neighbour may be of another kind.
 */
export function nearestKey(path: string, known: KnownKeys): string | undefined {
  const registry = /^registries\.[^.]+\./.exec(path)?.[0];
  const all = [...known.byPath.keys()];
  const keys = registry === undefined ? all : all.filter((key) => key.startsWith(registry));
  const sections = new Set(keys.flatMap(sectionsOf));
  const near = nearest(path, [...keys, ...sections]);
  if (near !== undefined) return near;
  const byName = new Map(keys.map((key) => [lastName(key), key]));
  const name = nearest(lastName(path), byName.keys());
  return name === undefined ? undefined : byName.get(name);
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

function sectionsOf(path: string): readonly string[] {
  const parts = path.split('.');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('.'));
}
