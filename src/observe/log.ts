// SPDX-License-Identifier: Apache-2.0
// Logging as events: every line has a stable `event` name and fields. pino stands behind it, in this file alone.
// Steady state is silent at info; a repeated failure is the caller's to count.
import { pino } from 'pino';
import { printable } from '../lib/printable.ts';

export type Fields = Readonly<Record<string, unknown>>;

export interface Log {
  debug(event: string, fields?: Fields): void;
  info(event: string, fields?: Fields): void;
  warn(event: string, fields?: Fields): void;
  error(event: string, fields?: Fields): void;
  /** A log whose lines all carry `fields`. */
  child(fields: Fields): Log;
}

/** Drops everything: for tests and commands that print for people. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {}, child: () => silentLog };

/**
 * Writes to stderr, one JSON object a line (`json`) or one readable line (`text`); stdout belongs to data.
 * `onLine` is told the level of every line written, for the metric.
 */
export function createLog(options: {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly format: 'json' | 'text';
  readonly onLine?: (level: string) => void;
  readonly write?: (line: string) => void;
}): Log {
  const write = options.write ?? ((line: string) => void process.stderr.write(line));
  const sink = { write: (line: string) => write(options.format === 'json' ? line : readable(line)) };
  const root = pino(
    {
      level: options.level,
      base: null,
      messageKey: 'event',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    sink,
  );
  return wrap(root, options.onLine ?? (() => {}));
}

/** What is used of pino. */
interface Writer {
  debug(fields: Fields, event: string): void;
  info(fields: Fields, event: string): void;
  warn(fields: Fields, event: string): void;
  error(fields: Fields, event: string): void;
  child(fields: Fields): Writer;
}

function wrap(logger: Writer, onLine: (level: string) => void): Log {
  const at = (level: 'debug' | 'info' | 'warn' | 'error') => (event: string, fields?: Fields) => {
    onLine(level);
    logger[level](fields ?? {}, event);
  };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (fields) => wrap(logger.child(fields), onLine),
  };
}

function readable(line: string): string {
  const { level, time, event, ...fields } = JSON.parse(line) as Record<string, unknown>;
  const rest = Object.entries(fields).map(
    ([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const text = `${String(time).slice(11, 23)} ${String(level).toUpperCase().padEnd(5)} ${[event, ...rest].join(' ')}`;
  return `${printable(text)}\n`;
}
