// SPDX-License-Identifier: Apache-2.0
// Whether anything below a directory could be in scope, so that the rest of the tree is neither read nor watched. Service names
// can be nested (`io/acme/orders`), so what is asked is about a prefix and not about a name.
import { compileGlobs, isGlob } from '../../lib/globs.ts';
import type { ScopeOptions, ScopeRule } from '../scope.ts';

/**
 * A test for "a service with this name, or one whose name goes on with a slash, could be in scope". It may say yes where the
 * answer is no, never the other way round: of a glob it knows the text before the first special character alone, and of
 * an exclude rule only globs that end with a star.
 */
export function mayHoldServices({ include, exclude }: ScopeOptions): (path: string) => boolean {
  const reaching = include.map(reachOf);
  const excluding = exclude.map(exclusionOf);
  return (path) => {
    if (excluding.some((excludes) => excludes(path))) return false;
    return reaching.length === 0 || reaching.some((reaches) => reaches(path.toLowerCase()));
  };
}

/** Whether some name at or below a path, in lower case, can match the rule. */
function reachOf({ attributes }: ScopeRule): (path: string) => boolean {
  const patterns = attributes['service']?.map((pattern) => pattern.toLowerCase());
  if (patterns === undefined) return () => true;
  return (path) => {
    const below = `${path}/`;
    return patterns.some((pattern) => {
      if (!isGlob(pattern)) return pattern === path || pattern.startsWith(below);
      const literal = literalStart(pattern);
      return literal.startsWith(below) || below.startsWith(literal);
    });
  };
}

function literalStart(glob: string): string {
  return glob.slice(0, glob.search(/[*?[{]/));
}

/** What matches a glob with a star at its end matches it whatever follows, so all below goes with it. */
function exclusionOf({ attributes, metadata }: ScopeRule): (path: string) => boolean {
  const isAboutNamesAlone = Object.keys(attributes).length === 1 && Object.keys(metadata).length === 0;
  const patterns = isAboutNamesAlone ? (attributes['service'] ?? []) : [];
  return compileGlobs(patterns.filter((pattern) => pattern.endsWith('*')));
}
