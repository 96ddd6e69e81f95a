// SPDX-License-Identifier: Apache-2.0
// Remembers for which releases this tab was loaded anew. While replicas of two releases answer in turn, a page that follows each
// of them would be loaded for ever.

const KEY = 'footbridge.loaded-for';

/** True once for each release and tab; never where the browser remembers nothing. */
export function isFirstReloadFor(version: string): boolean {
  try {
    const known = (window.sessionStorage.getItem(KEY) ?? '').split(' ');
    if (known.includes(version)) return false;
    window.sessionStorage.setItem(KEY, [...known, version].join(' ').trim());
    return true;
  } catch {
    return false;
  }
}
