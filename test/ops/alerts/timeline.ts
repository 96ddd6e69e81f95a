// What a series shows over time, written as one says it: `1 for 10m, 0 for 2m, 1`.

/** One scrape every thirty seconds unless a story says otherwise. */
export type Sample = number | 'missing' | 'stale';

/**
 * Phases, separated by commas; the last one may go on to the end.
 *
 *   5              that value
 *   1 1 0          these values in turn, over and over
 *   same           the value before
 *   up by 2        two more at each scrape
 *   now            the time of the scrape, in seconds
 *   now every 5m   the time of the last of such moments
 */
export function samplesOf(timeline: string, count: number, everySeconds: number): readonly Sample[] {
  const samples: number[] = [];
  for (const phase of timeline.split(',')) {
    const [, what = '', duration] = /^\s*(.*?)(?: for (\w+))?\s*$/.exec(phase) ?? [];
    const start = samples.length;
    const end = duration === undefined ? count : Math.min(count, start + secondsOf(duration) / everySeconds);
    const valueAt = phaseValue(what, samples, start, everySeconds);
    while (samples.length < end) samples.push(valueAt(samples.length));
  }
  if (samples.length < count) throw new Error(`"${timeline}" ends before the story does`);
  return samples;
}

function phaseValue(
  what: string,
  samples: readonly number[],
  start: number,
  everySeconds: number,
): (index: number) => number {
  const former = samples.at(-1) ?? 0;
  if (what === 'same') return () => former;
  const step = /^up by ([\d.]+)$/.exec(what)?.[1];
  if (step !== undefined) return (index) => former + Number(step) * (index - start + 1);
  const every = /^now(?: every (\w+))?$/.exec(what);
  if (every !== null) {
    const pause = secondsOf(every[1] ?? `${everySeconds}s`);
    // At the very beginning it would be 0, which stands for "never".
    return (index) => Math.floor((index * everySeconds) / pause) * pause + 1;
  }
  const values = what.split(' ').map(Number);
  if (values.some(Number.isNaN)) throw new Error(`"${what}" is no phase of a timeline`);
  return (index) => values[(index - start) % values.length] ?? 0;
}

/** `1h30m` → 5400. */
export function secondsOf(duration: string): number {
  const parts = [...duration.matchAll(/(\d+)([dhms])/g)];
  if (parts.map(([part]) => part).join('') !== duration || parts.length === 0)
    throw new Error(`"${duration}" is no duration`);
  const units = { d: 86_400, h: 3_600, m: 60, s: 1 } as const;
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * units[unit as keyof typeof units], 0);
}
