// SPDX-License-Identifier: Apache-2.0
// A moment for sentences that people read: one clock, whatever the zone of the bridge and of the reader, so that what stands on
// a page, in a log and in somebody's message can be compared. The second is enough; programs are given milliseconds.

/** `2026-01-01 12:04:59 UTC`. */
export function utcTime(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
