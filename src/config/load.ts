// SPDX-License-Identifier: Apache-2.0
// Texts in, the whole checked configuration out, or everything that is wrong with it. Pure: the file is handed in as text,
// environment and flags as records; nothing of the process is looked at. Order: defaults < file < environment < flags.
// A wrong value is an error in every layer, also where a higher one overrides it.
import { isDeepStrictEqual } from 'node:util';
import type { ConfigField } from '../lib/config-field.ts';
import type { Config } from './config.ts';
import { layerByConvict } from './convict-layers.ts';
import { type ConfigDocument, type DocumentReading, readDocument } from './document.ts';
import { configTree } from './field-tree.ts';
import { readFileLayer } from './file-layer.ts';
import { formatOf } from './formats.ts';
import { deepFreeze } from './freeze.ts';
import { effectiveSuffixes } from './host-suffixes.ts';
import { type KnownKeys, knownKeys, type Layer, type Written } from './layer.ts';
import { materialise } from './materialise.ts';
import { type ConfigProblem, type Origin, shown } from './problem.ts';
import { readRegistryKinds } from './registry-kinds.ts';
import { brokenRules } from './rules.ts';
import { readEnvLayer, readFlagLayer } from './text-layers.ts';

export interface ConfigSources {
  /** `path` is for messages alone. */
  readonly file: { readonly path: string; readonly text: string } | undefined;
  /** All variables; those without our prefix are passed over. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Dotted key → text, as from `--serve.port 9902`. */
  readonly flags: Readonly<Record<string, string>>;
}

/** One key in effect. */
export interface Setting {
  readonly path: string;
  readonly env: string;
  readonly field: ConfigField;
  /** As a document holds it: mappings are Maps, durations texts. */
  readonly written: unknown;
  /** What the format made of it. */
  readonly value: unknown;
  readonly origin: Origin;
}

/** By dotted key, in the order of declaration. */
export type Settings = ReadonlyMap<string, Setting>;

export type LoadResult =
  | { readonly kind: 'ok'; readonly config: Config; readonly settings: Settings }
  | { readonly kind: 'invalid'; readonly problems: readonly ConfigProblem[] };

/** Never throws; the configuration is frozen all the way down. */
export function loadConfig(sources: ConfigSources): LoadResult {
  const { file, env, flags } = sources;
  const reading = readMapping(file?.text ?? '');
  const filePath = file?.path ?? '';
  if (reading.kind === 'broken') {
    const origin: Origin = { kind: 'file', path: filePath, line: reading.line };
    return invalid([
      { code: 'FILE_BROKEN', key: '', value: undefined, rule: reading.rule, origin, nearest: undefined },
    ]);
  }
  const registries = readRegistryKinds({ filePath, document: reading.document, env, flags });
  const known = knownKeys(configTree(registries.kinds), registries.skipped);
  const layers = readLayers(filePath, reading.document, sources, known);
  const { good, problems: wrong } = judge(layers);
  const settings = effective(known, good, sources);
  const config = configOf(registries.kinds, settings);
  const early = [
    ...registries.problems,
    ...layers.flatMap(({ problems }) => problems),
    ...wrong,
    ...missing(settings, wrong),
  ];
  const problems = [...early, ...ruleProblems(config, settings, early)];
  if (problems.length > 0) return invalid(problems);
  return { kind: 'ok', config: deepFreeze(config), settings: withDerived(settings, config) };
}

function readMapping(text: string): DocumentReading {
  const reading = readDocument(text);
  if (reading.kind === 'broken') return reading;
  const { content } = reading.document;
  const isMapping = content === null || content instanceof Map;
  return isMapping ? reading : { kind: 'broken', rule: 'must be a mapping of keys to values', line: 1 };
}

function invalid(problems: readonly ConfigProblem[]): LoadResult {
  return { kind: 'invalid', problems };
}

type Layers = readonly [file: Layer, env: Layer, flags: Layer];

function readLayers(filePath: string, document: ConfigDocument, sources: ConfigSources, known: KnownKeys): Layers {
  return [
    readFileLayer(filePath, document, known),
    readEnvLayer(sources.env, known),
    readFlagLayer(sources.flags, known),
  ];
}

interface Judged {
  readonly good: readonly [file: readonly Written[], env: readonly Written[], flags: readonly Written[]];
  readonly problems: readonly ConfigProblem[];
}

/** Every value of every layer against its format. */
function judge([file, env, flags]: Layers): Judged {
  const problems: ConfigProblem[] = [];
  const goodOf = ({ written }: Layer) =>
    written.filter(({ leaf: { path, field }, value, origin }) => {
      const reading = formatOf(field).read(value);
      if (reading.kind === 'value') return true;
      const { rule, nearest } = reading;
      problems.push({ code: 'WRONG_VALUE', key: path, value: shown(value, field), rule, origin, nearest });
      return false;
    });
  return { good: [goodOf(file), goodOf(env), goodOf(flags)], problems };
}

/** The layers on each other. */
function effective(known: KnownKeys, [file, env, flags]: Judged['good'], sources: ConfigSources): Settings {
  const envTexts = Object.fromEntries(env.map(({ leaf }) => [leaf.env, sources.env[leaf.env] ?? '']));
  const values = layerByConvict(known.tree, { file, env: envTexts, flags });
  const origins = new Map([...file, ...env, ...flags].map(({ leaf, origin }) => [leaf.path, origin]));
  const settings = known.leaves.map(({ path, env: variable, field }): [string, Setting] => {
    const written = values.get(path);
    const origin = origins.get(path) ?? { kind: 'default' };
    return [path, { path, env: variable, field, written, value: effectiveValue(written, field), origin }];
  });
  return new Map(settings);
}

function effectiveValue(written: unknown, field: ConfigField): unknown {
  const reading = formatOf(field).read(written);
  // Only a required key that nobody set is refused here: it is a problem of its own, and the rules still want a text.
  return reading.kind === 'value' ? reading.value : '';
}

function missing(settings: Settings, wrong: readonly ConfigProblem[]): readonly ConfigProblem[] {
  const complained = new Set(wrong.map(({ key }) => key));
  return [...settings.values()]
    .filter(({ path, field, origin }) => field.required === true && origin.kind === 'default' && !complained.has(path))
    .map(({ path, env, origin, field }) => {
      const rule = `must be given: ${formatOf(field).says} (in the file, as ${env} or as --${path})`;
      return { code: 'MISSING_VALUE', key: path, value: undefined, rule, origin, nearest: undefined };
    });
}

function configOf(kinds: Parameters<typeof materialise>[0], settings: Settings): Config {
  const config = materialise(kinds, (path) => settings.get(path)?.value);
  const { namespace, instance, hostTemplate, hosts } = config;
  const naming = { namespace, instance, hostTemplate, registries: Object.keys(config.registries) };
  const configured = config.admit.hostSuffixes;
  // A template that gives no suffix is a problem of its own, which explicit hosts must not hide.
  const explicit = effectiveSuffixes(configured, naming, []).length === 0 ? [] : Object.keys(hosts);
  return { ...config, admit: { ...config.admit, hostSuffixes: effectiveSuffixes(configured, naming, explicit) } };
}

/** Rules about keys that are wrong, unknown or missing by themselves would only repeat that in other words. */
function ruleProblems(config: Config, settings: Settings, early: readonly ConfigProblem[]): readonly ConfigProblem[] {
  const isWrong = (key: string) => early.some((problem) => problem.key === key || problem.key.startsWith(`${key}.`));
  return brokenRules(config)
    .filter(({ keys }) => !keys.some(isWrong))
    .map(({ keys: [key = ''], rule }) => {
      const setting = settings.get(key);
      const isSet = setting !== undefined && setting.origin.kind !== 'default';
      const value = isSet ? shown(setting.written, setting.field) : undefined;
      const origin = setting?.origin ?? { kind: 'default' };
      return { code: 'RULE_BROKEN', key, value, rule, origin, nearest: undefined };
    });
}

/** The derived suffixes in the settings too, so that what is printed is what holds. */
function withDerived(settings: Settings, config: Config): Settings {
  const path = 'admit.hostSuffixes';
  const setting = settings.get(path);
  const { hostSuffixes } = config.admit;
  if (setting === undefined || isDeepStrictEqual(setting.value, hostSuffixes)) return settings;
  const isConfigured = Array.isArray(setting.value) && setting.value.length > 0;
  const origin: Origin = { kind: 'derived', from: isConfigured ? `${path} and hosts` : 'hostTemplate and hosts' };
  return new Map(settings).set(path, { ...setting, written: hostSuffixes, value: hostSuffixes, origin });
}
