// Whether a command printed what a page says that it prints.

/** Stands for anything within a line; alone in a line it stands for any lines, none included. */
const ANYTHING = '…';

/** Every line of `actual` has to be promised, in order. */
export function printsAsPromised(promised: readonly string[], actual: readonly string[]): boolean {
  const [line, ...rest] = promised;
  if (line === undefined) return actual.length === 0;
  if (line.trim() === ANYTHING)
    return printsAsPromised(rest, actual) || (actual.length > 0 && printsAsPromised(promised, actual.slice(1)));
  const [found, ...others] = actual;
  return found !== undefined && isAsPromised(line, found) && printsAsPromised(rest, others);
}

/** For a command that still runs: the promised lines are there, with anything before and after them. */
export function hasPrintedAsPromised(promised: readonly string[], actual: readonly string[]): boolean {
  return printsAsPromised([ANYTHING, ...promised, ANYTHING], actual);
}

function isAsPromised(promised: string, found: string): boolean {
  const pattern = promised.trimEnd().split(ANYTHING).map(escaped).join('.*');
  return new RegExp(`^${pattern}$`).test(found.trimEnd());
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
