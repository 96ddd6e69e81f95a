// SPDX-License-Identifier: Apache-2.0
// Who may connect, by the names in the client's certificate: a YAML file with `allow` and `deny`. Pure. What Galley had as
// `allowed` and `isBlackList`, with both kinds in one file.
import { compileGlobs } from '../../lib/globs.ts';
import { objectOf } from '../../lib/json-value.ts';
import { nearest } from '../../lib/nearest.ts';
import { parsedYaml } from '../../lib/parsed-yaml.ts';
import { printable } from '../../lib/printable.ts';
import type { CertificateNames } from './certificate-names.ts';

export interface AccessList {
  /** As written, to tell one list from another. */
  readonly text: string;
  /** undefined: everybody who is not denied. */
  readonly allow: readonly string[] | undefined;
  readonly deny: readonly string[];
  readonly verdictOn: (names: CertificateNames | undefined) => AccessVerdict;
}

export type AccessVerdict =
  | { readonly kind: 'allowed' }
  /** The client showed no certificate, or one without any name that a list could mean. */
  | { readonly kind: 'nameless' }
  | { readonly kind: 'denied'; readonly name: string };

export type AccessListReading =
  | { readonly kind: 'list'; readonly list: AccessList }
  /** `why` is a sentence without its full stop. */
  | { readonly kind: 'unusable'; readonly why: string };

const KEYS = ['allow', 'deny'];
/** Galley's words for the same. */
const KEYS_OF_GALLEY = ['allowed', 'isBlackList'];
const SPIFFE = 'spiffe://';
const MOST_NAMES = 10_000;
const NAME = /^(?:spiffe:\/\/[^\s/]+(?:\/[^\s]*)?|[A-Za-z0-9*?[\]{},_-]+(?:\.[A-Za-z0-9*?[\]{},_-]+)*)$/;

/** Never throws. */
export function readAccessList(text: string): AccessListReading {
  const document = objectOf(parsedYaml(text, 100));
  if (document === undefined) return unusable('it is no YAML with `allow` or `deny`, each a list of names');
  const strange = Object.keys(document).find((key) => !KEYS.includes(key));
  if (strange !== undefined) return unusable(strangeKey(strange));
  const allow = document['allow'] === undefined ? undefined : namesOf('allow', document['allow']);
  const deny = document['deny'] === undefined ? [] : namesOf('deny', document['deny']);
  if (typeof allow === 'string') return unusable(allow);
  if (typeof deny === 'string') return unusable(deny);
  if (allow === undefined && deny.length === 0) return unusable('it names nobody, neither in `allow` nor in `deny`');
  return { kind: 'list', list: { text, allow, deny, verdictOn: judge(allow, deny) } };
}

function judge(allow: readonly string[] | undefined, deny: readonly string[]): AccessList['verdictOn'] {
  const isAllowed = allow === undefined ? () => true : compileNames(allow);
  const isDenied = compileNames(deny);
  return (names) => {
    const first = names?.[0];
    if (names === undefined || first === undefined) return { kind: 'nameless' };
    const denied = names.find(isDenied);
    if (denied !== undefined) return { kind: 'denied', name: denied };
    return names.some(isAllowed) ? { kind: 'allowed' } : { kind: 'denied', name: first };
  };
}

/** A SPIFFE URI is compared letter by letter and a DNS name without regard to case, each with names of its own kind; `*` is everybody. */
function compileNames(patterns: readonly string[]): (name: string) => boolean {
  const everybody = patterns.filter((pattern) => pattern === '*');
  const isUri = compileGlobs([...everybody, ...patterns.filter(isSpiffe)], { caseSensitive: true });
  const isDnsName = compileGlobs(patterns.filter((pattern) => !isSpiffe(pattern)));
  return (name) => (isSpiffe(name) ? isUri(name) : isDnsName(name));
}

function isSpiffe(name: string): boolean {
  return name.startsWith(SPIFFE);
}

/** A text says what is wrong. */
function namesOf(key: string, value: unknown): readonly string[] | string {
  if (!Array.isArray(value)) return `\`${key}\` is no list of names`;
  if (value.length === 0 && key === 'allow') {
    return '`allow` is empty, so that nobody may connect: leave it out to let in everybody who is not denied';
  }
  if (value.length > MOST_NAMES) return `\`${key}\` has more than ${MOST_NAMES} names`;
  const wrong: unknown = value.find((name) => typeof name !== 'string' || !NAME.test(name));
  if (wrong === undefined) return value.map(String);
  const shown = printable(typeof wrong === 'string' ? wrong : JSON.stringify(wrong), 100);
  return `\`${key}\` holds \`${shown}\`, which is neither a SPIFFE URI (\`spiffe://…\`) nor a DNS name`;
}

function strangeKey(key: string): string {
  const shown = printable(key, 60);
  if (KEYS_OF_GALLEY.includes(key)) {
    return `\`${shown}\` is Galley’s: write its names under \`allow\`, or under \`deny\` where \`isBlackList\` was true`;
  }
  const meant = nearest(key, KEYS);
  return `\`${shown}\` is no key of an access list${meant === undefined ? '' : ` (did you mean \`${meant}\`?)`}`;
}

function unusable(why: string): AccessListReading {
  return { kind: 'unusable', why };
}
