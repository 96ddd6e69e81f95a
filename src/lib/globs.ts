// SPDX-License-Identifier: Apache-2.0
// Lists of exact names and globs, compiled once and asked often. Names come from strangers, so matching must be linear
// and must not know of paths. A path matcher is the wrong tool here: picomatch 4 needs minutes for `*a*a*a*a*a*b` against
// 1,024 letters, its `a*` refuses `a/` and `./a`, and its `*` refuses a name with a line break.

/** One place of a glob: any text, or one character that is judged. */
type Place = 'star' | ((character: string) => boolean);

/** `{a,b}{c,d}` stands for four globs; braces beyond this many stand for themselves. */
const MOST_ALTERNATIVES = 256;

/**
 * A test for "equals one of these, or matches one of these globs": `*` (any text, also empty), `?` (any one character),
 * `[a-z]` and `[!a-z]` (one of, none of), `{a,b}` (one of these texts, not nested). All else stands for itself; an empty
 * pattern matches nothing. Without regard to case unless `caseSensitive`. At most pattern length × text length steps.
 */
export function compileGlobs(
  patterns: readonly string[],
  options: { readonly caseSensitive?: boolean } = {},
): (text: string) => boolean {
  const fold = options.caseSensitive === true ? (text: string) => text : (text: string) => text.toLowerCase();
  const folded = patterns.filter((pattern) => pattern !== '').map(fold);
  const exact = new Set(folded);
  const globs = folded.filter(isGlob).flatMap(alternatives).map(places);
  return (text) => {
    const candidate = fold(text);
    return exact.has(candidate) || globs.some((glob) => globMatches(glob, candidate));
  };
}

/** Whether a pattern is more than an exact name. */
export function isGlob(pattern: string): boolean {
  return /[*?[{]/.test(pattern);
}

/** Replaces braces by one glob for each of their texts. */
function alternatives(pattern: string): string[] {
  let expanded = [''];
  // Odd parts are what stood between braces.
  for (const [index, part] of pattern.split(/\{([^{}]*,[^{}]*)\}/).entries()) {
    const texts = index % 2 === 1 ? part.split(',') : [part];
    if (expanded.length * texts.length > MOST_ALTERNATIVES) return [pattern];
    expanded = expanded.flatMap((head) => texts.map((text) => head + text));
  }
  return expanded;
}

function places(glob: string): Place[] {
  const found: Place[] = [];
  for (const [part, negation, set] of glob.matchAll(/\[([!^]?)([^\]]+)\]|./gs)) {
    if (set !== undefined) found.push(characterSet(set, negation !== ''));
    else if (part === '*') found.push('star');
    else if (part === '?') found.push(() => true);
    else found.push((character) => character === part);
  }
  return found;
}

function characterSet(set: string, isNegated: boolean): (character: string) => boolean {
  const ranges = [...set.matchAll(/(.)-(.)|./gs)].map(([part, first, last]) => [first ?? part, last ?? part] as const);
  return (character) => ranges.some(([first, last]) => first <= character && character <= last) !== isNegated;
}

/** Walks both once; on a mismatch the last star swallows one more character, never an earlier star. */
function globMatches(glob: readonly Place[], text: string): boolean {
  let at = 0;
  let next = 0;
  let afterStar = -1;
  let swallowedTo = 0;
  while (next < text.length) {
    const place = glob[at];
    if (place === 'star') {
      afterStar = ++at;
      swallowedTo = next;
    } else if (place?.(text.charAt(next)) === true) {
      at++;
      next++;
    } else if (afterStar >= 0) {
      at = afterStar;
      next = ++swallowedTo;
    } else return false;
  }
  while (glob[at] === 'star') at++;
  return at === glob.length;
}
