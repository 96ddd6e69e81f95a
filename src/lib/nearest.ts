// SPDX-License-Identifier: Apache-2.0
// The nearest right name for a wrong one: edit distance with swaps, without regard to case, `-` and `_`.

const LONGEST = 120;

/** The candidate that was most likely meant, or undefined when none is near (more than a third of it differs). */
export function nearest(written: string, candidates: Iterable<string>): string | undefined {
  return nearestNames(written, candidates, (name) => name, 1)[0];
}

/** The nearest candidates, at most `most`, the nearest first; of equally near ones in the order given. */
export function nearestNames<Candidate>(
  written: string,
  candidates: Iterable<Candidate>,
  nameOf: (candidate: Candidate) => string,
  most: number,
): readonly Candidate[] {
  if (written.length > LONGEST) return [];
  const folded = fold(written);
  const near: { readonly candidate: Candidate; readonly distance: number }[] = [];
  for (const candidate of candidates) {
    const name = nameOf(candidate);
    const farthest = Math.max(1, Math.floor(Math.max(folded.length, name.length) / 3));
    // What differs in length alone by more than that need not be compared.
    const foldedName = fold(name);
    if (Math.abs(folded.length - foldedName.length) > farthest) continue;
    const distance = distanceBetween(folded, foldedName);
    if (distance <= farthest) near.push({ candidate, distance });
  }
  return near
    .sort((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

function fold(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, '');
}

/** Optimal string alignment: insert, delete, replace, swap neighbours. */
function distanceBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
