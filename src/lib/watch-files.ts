// SPDX-License-Identifier: Apache-2.0
// Tells when a look at some files is due. Kubernetes swaps a symbolic link two levels up when it changes what is mounted, so a watch
// on a file goes blind; therefore the directories are watched, and a look is due every few seconds as well.
import { watch } from 'node:fs';
import { dirname } from 'node:path';
import type { Cancel, Clock } from './clock.ts';

export interface WatchFilesOptions {
  readonly paths: readonly string[];
  readonly clock: Clock;
  /** Reads the files and judges by their content whether anything changed. Never rejects; the next look follows when it is done. */
  readonly look: () => Promise<void>;
  /** For tests. */
  readonly watchDirectory?: ((path: string, onEvent: () => void) => Cancel) | undefined;
}

const POLL_MS = 5_000;
/** A writer that truncates and then writes, or that writes one file after the other, is seen once, with the whole content. */
const SETTLE_MS = 100;

/** After the cancel that is returned no look begins, and nothing is open. */
export function watchFiles({ paths, clock, look, watchDirectory = watchByEvents }: WatchFilesOptions): Cancel {
  let isClosed = false;
  let isLooking = false;
  /** Something changed while a look was reading, perhaps behind its back. */
  let isDue = false;
  let pending: { readonly kind: 'poll' | 'settle'; readonly cancel: Cancel } | undefined;

  /** A settle replaces a poll but never another settle: a busy directory must not put the look off for ever. */
  function lookAfter(kind: 'poll' | 'settle'): void {
    if (isClosed || pending?.kind === 'settle' || pending?.kind === kind) return;
    pending?.cancel();
    pending = { kind, cancel: clock.after(kind === 'settle' ? SETTLE_MS : POLL_MS, begin) };
  }

  /** One look at a time: the older of two could end last. */
  function begin(): void {
    pending = undefined;
    isDue = isLooking;
    if (isLooking) return;
    isLooking = true;
    void look().then(() => {
      isLooking = false;
      if (isDue && !isClosed) begin();
      else lookAfter('poll');
    });
  }

  const directories = [...new Set(paths.map((path) => dirname(path)))];
  const endWatches = directories.map((directory) => watchDirectory(directory, () => lookAfter('settle')));
  lookAfter('poll');
  return () => {
    isClosed = true;
    pending?.cancel();
    for (const end of endWatches) end();
  };
}

/** Without events (no inotify left, a directory that goes) the polling still finds every change. */
function watchByEvents(directory: string, onEvent: () => void): Cancel {
  try {
    const watcher = watch(directory, { persistent: false }, () => onEvent());
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    return () => {};
  }
}
