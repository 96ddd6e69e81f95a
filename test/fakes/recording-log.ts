// A log that keeps its lines for a test to look at.
import type { Fields, Log } from '../../src/observe/log.ts';

export interface LogLine {
  readonly level: string;
  readonly event: string;
  readonly fields: Fields;
}

export function recordingLog(lines: LogLine[], bound: Fields = {}): Log {
  const at =
    (level: string) =>
    (event: string, fields: Fields = {}): void =>
      void lines.push({ level, event, fields: { ...bound, ...fields } });
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (fields) => recordingLog(lines, { ...bound, ...fields }),
  };
}
