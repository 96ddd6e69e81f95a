// SPDX-License-Identifier: Apache-2.0
// How long ago something was, for sentences that people read. Whoever needs it exactly is given the moment itself beside it.

/** `3 s ago`, `5 min ago`, `2 h ago`, `4 days ago`; a moment in the future is `0 s ago`. */
export function ago(atMs: number, nowMs: number): string {
  return `${duration(nowMs - atMs)} ago`;
}

/** `3 s`, `5 min`, `2 h`, `4 days`: in the largest unit of which there are two or more; never negative. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`;
}
