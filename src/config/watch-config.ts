// SPDX-License-Identifier: Apache-2.0
// Notices that the configuration file changed. Kubernetes swaps a symbolic link two levels up, so a watch on the file goes
// blind; therefore the directory is watched and the content is compared every few seconds as well. Only content counts.
import { watch } from 'node:fs';
import { dirname } from 'node:path';
import type { Cancel, Clock } from '../lib/clock.ts';
import { type ConfigFile, type FileReading, readConfigFile } from './config-file.ts';

export interface ConfigWatch {
  /** After it no callback comes and nothing is open. */
  close(): void;
}

export interface WatchConfigOptions {
  /** The file as it was loaded: a change between loading and watching is noticed. */
  readonly file: ConfigFile;
  readonly clock: Clock;
  /** Every other content, also a broken one; not told while the file cannot be read. */
  readonly onChange: (file: ConfigFile) => void;
  /** For tests. */
  readonly read?: (path: string) => Promise<FileReading>;
  /** For tests. */
  readonly watchDirectory?: (path: string, onEvent: () => void) => Cancel;
}

const POLL_MS = 5_000;
/** A writer that truncates and then writes is seen once, with the whole content. */
const SETTLE_MS = 100;

export function watchConfig(options: WatchConfigOptions): ConfigWatch {
  const { file, clock, onChange, read = readConfigFile, watchDirectory = watchByEvents } = options;
  let knownText = file.text;
  let isClosed = false;
  let pending: { readonly kind: 'poll' | 'settle'; readonly cancel: Cancel } | undefined;

  /** A settle replaces a poll but never another settle: a busy directory must not put the check off for ever. */
  function checkAfter(kind: 'poll' | 'settle'): void {
    if (isClosed || pending?.kind === 'settle' || pending?.kind === kind) return;
    pending?.cancel();
    pending = { kind, cancel: clock.after(kind === 'settle' ? SETTLE_MS : POLL_MS, check) };
  }

  function check(): void {
    pending = undefined;
    void read(file.path).then((reading) => {
      if (isClosed) return;
      checkAfter('poll');
      if (reading.kind === 'unreadable' || reading.file.text === knownText) return;
      knownText = reading.file.text;
      onChange(reading.file);
    });
  }

  const endWatch = watchDirectory(dirname(file.path), () => checkAfter('settle'));
  checkAfter('poll');
  return {
    close() {
      isClosed = true;
      pending?.cancel();
      endWatch();
    },
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
