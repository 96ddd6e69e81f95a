// SPDX-License-Identifier: Apache-2.0
// Hints that a file may have changed. It watches the directory, because editors, `mv` and mounted ConfigMaps replace the
// file instead of writing into it (a watch on the file itself then goes blind). Only a hint: polling finds the rest.
import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Cancel } from '../../lib/clock.ts';

/** Calls `onHint` when something happened; `onFailure` at most once, after which no hint comes. Throws where it cannot begin. */
export type WatchFile = (path: string, onHint: () => void, onFailure: (reason: string) => void) => Cancel;

export const watchFile: WatchFile = (path, onHint, onFailure) => {
  const watcher = watch(dirname(path), { persistent: false }, (_event, name) => {
    if (name === null || mayConcern(name, path)) onHint();
  });
  watcher.on('error', (error) => {
    watcher.close();
    onFailure(error.message);
  });
  return () => watcher.close();
};

/** The file itself, or the `..data` link that a mounted ConfigMap swaps when any of its files changes. */
function mayConcern(name: string, path: string): boolean {
  return name === basename(path) || name.startsWith('..');
}
