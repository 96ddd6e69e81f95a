// SPDX-License-Identifier: Apache-2.0
// The effective configuration as YAML, each line with where its value comes from. Secrets are masked by being comments, so
// that what is printed can be used as a configuration file again.
import type { Setting, Settings } from './load.ts';
import { MASK, originText, plain } from './problem.ts';

/** Texts that are themselves in YAML, and among them those that are words of YAML in one version or another. */
const BARE = /^(?:[A-Za-z/.][A-Za-z0-9/._-]*|\d+(?:ms|s|m|h|KiB|MiB|GiB))$/;
const RESERVED = /^(?:true|false|null|y|n|yes|no|on|off|[.](?:inf|nan)?|[.]{3})$/i;

/** One line for each key, in the order of declaration, sections as headings. */
export function printConfig(settings: Settings): string {
  const lines: string[] = [];
  let above: readonly string[] = [];
  for (const setting of settings.values()) {
    const parts = setting.path.split('.');
    const sections = parts.slice(0, -1);
    const common = sections.findIndex((name, index) => above[index] !== name);
    for (let depth = common < 0 ? sections.length : common; depth < sections.length; depth++) {
      lines.push(`${indent(depth)}${sections[depth]}:`);
    }
    lines.push(`${indent(sections.length)}${leafLine(setting, parts.at(-1) ?? '')}`);
    above = sections;
  }
  return `${lines.join('\n')}\n`;
}

function leafLine(setting: Setting, name: string): string {
  const origin = originText(setting.origin).replaceAll(/\s+/g, ' ');
  if (setting.field.sensitive !== true) return `${name}: ${flow(setting.written)} # ${origin}`;
  return `# ${name}: ${setting.value === undefined ? 'not set' : `${MASK} (${origin})`}`;
}

/** A value in one line. JSON is YAML; what needs no quotes has none. */
function flow(written: unknown): string {
  const isBare = typeof written === 'string' && BARE.test(written);
  return isBare && !RESERVED.test(written) ? written : JSON.stringify(plain(written));
}

function indent(depth: number): string {
  return '  '.repeat(depth);
}
