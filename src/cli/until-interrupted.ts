// SPDX-License-Identifier: Apache-2.0

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
