// SPDX-License-Identifier: Apache-2.0
// Who wants to know of changes, by path: the watches of one connection. The library's own table is not used: it collects a
// further watcher with every re-read of a path, and it is what the library sends again after a reconnect.
import type { Hint } from '../reader.ts';

export type Watched = 'children' | 'data' | 'exists';

/** Types of events, as servers number them. */
const CREATED = 1;
const DATA_CHANGED = 3;
const CHILDREN_CHANGED = 4;

export class Hints {
  readonly #byPath = new Map<string, ReadonlyMap<Watched, Hint>>();

  /** The same kind of read of the same path takes the place of the one before it, whose content it has renewed. */
  add(watched: Watched, path: string, hint: Hint): void {
    this.#byPath.set(path, new Map(this.#byPath.get(path)).set(watched, hint));
  }

  /** The hints that an event of a server calls for. Each is handed out once, because each watch fires once. */
  take(type: number, path: string): readonly Hint[] {
    const hints = this.#byPath.get(path);
    if (hints === undefined) return [];
    const concerned = concernedBy(type);
    const kept = [...hints].filter(([watched]) => !concerned.includes(watched));
    if (kept.length === 0) this.#byPath.delete(path);
    else this.#byPath.set(path, new Map(kept));
    return [...hints].filter(([watched]) => concerned.includes(watched)).map(([, hint]) => hint);
  }
}

/** A node that is deleted concerns all; so does whatever a later server may send. */
function concernedBy(type: number): readonly Watched[] {
  switch (type) {
    case CREATED:
    case DATA_CHANGED:
      return ['data', 'exists'];
    case CHILDREN_CHANGED:
      return ['children'];
    default:
      return ['children', 'data', 'exists'];
  }
}
