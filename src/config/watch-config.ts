// SPDX-License-Identifier: Apache-2.0
// Notices that the configuration file changed. Only content counts.
import type { Cancel, Clock } from '../lib/clock.ts';
import { watchFiles } from '../lib/watch-files.ts';
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

export function watchConfig(options: WatchConfigOptions): ConfigWatch {
  const { file, clock, onChange, read = readConfigFile, watchDirectory } = options;
  let knownText = file.text;
  let isClosed = false;
  const look = async () => {
    const reading = await read(file.path);
    if (isClosed || reading.kind === 'unreadable' || reading.file.text === knownText) return;
    knownText = reading.file.text;
    onChange(reading.file);
  };
  const endWatch = watchFiles({ paths: [file.path], clock, look, watchDirectory });
  return {
    close() {
      isClosed = true;
      endWatch();
    },
  };
}
