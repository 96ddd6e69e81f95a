// Waiting on a condition, never on time: a slow machine makes the tests slower, not red.
import { setTimeout as pause } from 'node:timers/promises';

const PAUSE_MS = 50;
/** Ten programs in Java that start at once from a cold disk need more than a minute on two cores. */
const FOR_HANGS_MS = 240_000;

/**
 * Asks again and again until `condition` answers something other than `undefined` or `false`, and hands that back. What it
 * throws counts as "not yet" and is told when `deadlineMs` has passed; that deadline is for hangs alone, so make it generous.
 */
export async function waitFor<T>(
  condition: () => T | undefined | false | Promise<T | undefined | false>,
  what: string,
  deadlineMs = FOR_HANGS_MS,
): Promise<T> {
  const endAtMs = Date.now() + deadlineMs;
  let lastError: unknown;
  for (;;) {
    try {
      const answer = await condition();
      if (answer !== undefined && answer !== false) return answer;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    if (Date.now() > endAtMs) {
      const last = lastError instanceof Error ? `; at last: ${lastError.message}` : '';
      throw new Error(`waited ${deadlineMs} ms in vain: ${what}${last}`, { cause: lastError });
    }
    await pause(PAUSE_MS);
  }
}

/**
 * Like `waitFor`, for an assertion that is to hold at last: its own message is told when it never does. `assert.ok` needs one here:
 * without it Node looks for the asserted words in the source, which took six minutes where the source is one long line.
 */
export async function untilHolds(
  assertion: () => void | Promise<void>,
  what: string,
  deadlineMs?: number,
): Promise<void> {
  await waitFor(
    async () => {
      await assertion();
      return true;
    },
    what,
    deadlineMs,
  );
}
