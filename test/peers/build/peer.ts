// A peer is a program of someone else that the tests run against. It is made once, into .cache/peers under a name that
// holds its version, so a second run finds it there; a half-made one never gets that name.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { missingSentence, type Tool } from './tool.ts';

export interface Peer {
  readonly name: string;
  /** File or folder name in the cache; another version has another one. */
  readonly cacheName: string;
  readonly buildTools: readonly Tool[];
  readonly runTools: readonly Tool[];
  /** What a person who waits should know. */
  readonly buildNotice: string;
  /** Makes the peer at `target`, which does not exist yet. `finalPath` is where it will stand. */
  readonly build: (target: string, finalPath: string) => Promise<void>;
}

const PEERS_FOLDER = join(import.meta.dirname, '..');
const CACHE_FOLDER = join(PEERS_FOLDER, '../../.cache/peers');

export function pathInPeers(...parts: string[]): string {
  return join(PEERS_FOLDER, ...parts);
}

export function cachedPath(peer: Peer): string {
  return join(CACHE_FOLDER, peer.cacheName);
}

/** What keeps this peer from being used here, in sentences. */
export function obstacles(peer: Peer): readonly string[] {
  const tools = existsSync(cachedPath(peer)) ? peer.runTools : [...new Set([...peer.buildTools, ...peer.runTools])];
  return tools.flatMap((tool) => missingSentence(tool) ?? []);
}

/** Path of the peer in the cache; builds it if it is not there yet. */
export async function buildOnce(peer: Peer): Promise<string> {
  const finalPath = cachedPath(peer);
  if (existsSync(finalPath)) return finalPath;
  console.error(`peers: building ${peer.name} (${peer.buildNotice})`);
  mkdirSync(CACHE_FOLDER, { recursive: true });
  const target = `${finalPath}.making-${process.pid}`;
  try {
    await peer.build(target, finalPath);
    renameSync(target, finalPath);
  } finally {
    rmSync(target, { recursive: true, force: true });
  }
  return finalPath;
}

/** Runs a build step to its end; its output is shown only when it fails. */
export async function buildStep(command: string, args: readonly string[], cwd: string): Promise<void> {
  try {
    await promisify(execFile)(command, [...args], { cwd, maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error });
  }
}

/** Ten hex digits that change when one of the files does: part of the cache name of what is made of them. */
export function contentKey(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file)).update('\0');
  return hash.digest('hex').slice(0, 10);
}
