// SPDX-License-Identifier: Apache-2.0
// Reads one wanted path, and decides when "there is no such node" may be believed. A server says so too when its tree was lost,
// when the chroot is another one, or when a node is just being replaced; so what was there once is gone only when the list of
// the directory above it can be read and does not name it.
import { posix } from 'node:path';
import { type ZooKeeperFailure, zooKeeperFailure } from '../failure.ts';
import type { Hint, Outcome, ZooKeeperReader } from '../reader.ts';
import type { NodeContent, Want } from '../tree-plan.ts';

export type NodeReading =
  | { readonly kind: 'content'; readonly content: NodeContent }
  /** It cannot be read, or what was read is not to be believed: what was known stays. */
  | { readonly kind: 'obstacle'; readonly failure: ZooKeeperFailure }
  /** It is not there, but a list that is watched names it: that list is to be read before anything is concluded. */
  | { readonly kind: 'doubtful' }
  | { readonly kind: 'disconnected' };

export interface NodeQuestion {
  readonly want: Want<unknown>;
  /** What is known so far. */
  readonly content: NodeContent | undefined;
  /** It is wanted because the watched list of its directory names it. */
  readonly isListed: boolean;
  readonly isRoot: (path: string) => boolean;
  readonly onHint: Hint;
}

/** How often to read a path that comes and goes, or that is listed without being there. */
const MOST_ATTEMPTS = 3;

const MISSING: NodeReading = { kind: 'content', content: { kind: 'missing' } };

/** Leaves a watch for whatever may change the answer, but for `doubtful`: there the list is the watch. */
export async function readNode(reader: ZooKeeperReader, question: NodeQuestion): Promise<NodeReading> {
  const { path } = question.want;
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
    const outcome = await readContent(reader, question);
    if (outcome.kind === 'found') return { kind: 'content', content: outcome.value };
    if (outcome.kind !== 'no-node') return unreadable(outcome, path);
    if (question.isListed) return { kind: 'doubtful' };
    const absence = await readAbsence(reader, question);
    if (absence !== 'present') return absence;
  }
  return { kind: 'obstacle', failure: contradiction(path) };
}

export function contradiction(path: string): ZooKeeperFailure {
  return zooKeeperFailure('ZOOKEEPER_SERVER_ERROR', `Path ${path} is listed and nevertheless not there`);
}

/** For a path that is not there while the lists that could confirm it fail. */
export function unconfirmed(path: string, { code }: ZooKeeperFailure): ZooKeeperFailure {
  return zooKeeperFailure(code, `Path ${path} seems to be gone, and the directory above it cannot confirm it`);
}

async function readContent(reader: ZooKeeperReader, { want, onHint }: NodeQuestion): Promise<Outcome<NodeContent>> {
  if (want.what === 'children') {
    const outcome = await reader.children(want.path, onHint);
    return outcome.kind === 'found' ? { kind: 'found', value: { kind: 'children', names: outcome.value } } : outcome;
  }
  const outcome = await reader.data(want.path, onHint);
  return outcome.kind === 'found' ? { kind: 'found', value: { kind: 'data', data: outcome.value } } : outcome;
}

/** `present`: there is a node after all. The watch is set first, so that its coming is noticed whatever is concluded here. */
async function readAbsence(reader: ZooKeeperReader, question: NodeQuestion): Promise<NodeReading | 'present'> {
  const { want, content, isRoot, onHint } = question;
  const existence = await reader.exists(want.path, onHint);
  if (existence.kind === 'found') return 'present';
  if (existence.kind !== 'no-node') return unreadable(existence, want.path);
  if (content === undefined || content.kind === 'missing') return MISSING;
  if (!isRoot(want.path)) return confirmAbsence(reader, want.path, isRoot);
  // Containers are deleted by the server once they are empty (Curator makes such roots): nothing is lost with those.
  const wasEmpty = content.kind === 'children' && content.names.length === 0;
  return wasEmpty ? MISSING : { kind: 'obstacle', failure: rootGone(want.path) };
}

/** Asks the directory above, and where that one is not there either, the one above it; never beyond a root. */
async function confirmAbsence(
  reader: ZooKeeperReader,
  path: string,
  isRoot: (path: string) => boolean,
): Promise<NodeReading | 'present'> {
  let absent = path;
  while (absent !== '/' && !isRoot(absent)) {
    const directory = posix.dirname(absent);
    const list = await reader.children(directory);
    if (list.kind === 'found') return list.value.includes(posix.basename(absent)) ? 'present' : MISSING;
    if (list.kind !== 'no-node') {
      const reading = unreadable(list, directory);
      return reading.kind === 'obstacle' ? { kind: 'obstacle', failure: unconfirmed(path, reading.failure) } : reading;
    }
    absent = directory;
  }
  return { kind: 'obstacle', failure: unconfirmed(path, rootGone(absent)) };
}

function unreadable(
  outcome: Exclude<Outcome<unknown>, { kind: 'found' | 'no-node' }>,
  path: string,
): Extract<NodeReading, { kind: 'obstacle' | 'disconnected' }> {
  switch (outcome.kind) {
    case 'disconnected':
      return outcome;
    case 'no-auth':
      return { kind: 'obstacle', failure: zooKeeperFailure('ZOOKEEPER_FORBIDDEN', `Path ${path} may not be read`) };
    case 'failed':
      return { kind: 'obstacle', failure: outcome.failure };
  }
}

function rootGone(path: string): ZooKeeperFailure {
  return zooKeeperFailure('ZOOKEEPER_NO_ROOT', `Root ${path} is not there any more`);
}
