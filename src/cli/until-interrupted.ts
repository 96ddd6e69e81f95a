// SPDX-License-Identifier: Apache-2.0
// Waits for Ctrl-C, for the commands that run until a person stops them. It ends nothing itself: what has to be closed is the
// command's to close. `serve` does not use it, because its end has stages (src/app/lifecycle.ts).

/** Resolves at the first SIGINT or SIGTERM, and keeps the process alive until then. A second signal ends the process. */
export function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    // Timers of the clock do not keep a process alive, and a watch between two connections has nothing else.
    const alive = setInterval(() => {}, 60_000);
    const end = () => {
      clearInterval(alive);
      process.off('SIGINT', end);
      process.off('SIGTERM', end);
      resolve();
    };
    process.on('SIGINT', end);
    process.on('SIGTERM', end);
  });
}
