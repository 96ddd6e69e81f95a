// SPDX-License-Identifier: Apache-2.0
// Keeps the process up while a command works: timers of the clock do not, and between two connections there is nothing else.

/** Ctrl-C ends it all the same. */
export async function keepingAlive<Result>(work: () => Promise<Result>): Promise<Result> {
  const alive = setInterval(() => {}, 60_000);
  try {
    return await work();
  } finally {
    clearInterval(alive);
  }
}
