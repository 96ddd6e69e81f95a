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
    const distance = distanceBetween(folded, foldedName, farthest);
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

/** Rows of the table below, kept from call to call: ten thousand names are compared while streams wait. */
const ROWS = [new Uint16Array(512), new Uint16Array(512), new Uint16Array(512)] as const;

/**
 * Optimal string alignment: insert, delete, replace, swap neighbours. What is more than `most` is told as `most + 1`: only cells
 * that near the diagonal are looked at.
 */
function distanceBetween(a: string, b: string, most: number): number {
  let [beforeLast, last, row]: [Uint16Array, Uint16Array, Uint16Array] = [...ROWS];
  const far = most + 1;
  let nearestBefore = 0;
  for (let j = 0; j <= b.length; j++) last[j] = Math.min(j, far);
  for (let i = 1; i <= a.length; i++) {
    const [from, to] = [Math.max(1, i - most), Math.min(b.length, i + most)];
    row[from - 1] = from === 1 ? Math.min(i, far) : far;
    let nearest = far;
    for (let j = from; j <= to; j++) {
      const isSame = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      const above = j === i + most ? far : (last[j] ?? far);
      let cost = Math.min(above + 1, (row[j - 1] ?? far) + 1, (last[j - 1] ?? far) + (isSame ? 0 : 1));
      const isSwap =
        i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
      if (isSwap) cost = Math.min(cost, (beforeLast[j - 2] ?? far) + 1);
      row[j] = Math.min(cost, far);
      nearest = Math.min(nearest, cost);
    }
    // A swap looks two rows back, so that one row of far cells alone proves nothing.
    if (nearest >= far && nearestBefore >= far) return far;
    nearestBefore = nearest;
    [beforeLast, last, row] = [last, row, beforeLast];
  }
  return Math.min(last[b.length] ?? far, far);
}
