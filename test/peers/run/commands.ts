// Footbridge's commands that end by themselves, as people run them: the bundle on plain Node.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { BUNDLE } from './bridge.ts';

interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

/** What `footbridge convert` prints for a registry dump: YAML documents and, on stderr, the problems. */
export function convertDump(configFile: string, dumpFile: string): Promise<Printed> {
  return run('convert', '--config', configFile, dumpFile);
}

/** What `footbridge dump` prints: on stdout what the registry of that name says now. */
export function dumpRegistry(configFile: string, registry: string): Promise<Printed> {
  return run('dump', '--config', configFile, '--registry', registry);
}

function run(...args: readonly string[]): Promise<Printed> {
  return promisify(execFile)(process.execPath, [BUNDLE, ...args], { maxBuffer: 256 * 1024 * 1024 });
}
