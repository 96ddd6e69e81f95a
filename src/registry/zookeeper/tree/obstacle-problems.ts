// SPDX-License-Identifier: Apache-2.0
// Paths that cannot be read, as problems: they keep what was last known of them, and people must be able to see which they are.
import { type Problem, problem } from '../../../model/problem.ts';
import type { TreeChange } from '../tree-plan.ts';
import { nodeKey } from './watched-node.ts';

export class ObstacleProblems {
  readonly #registry: string;
  readonly #byNode = new Map<string, Problem>();

  constructor(registry: string) {
    this.#registry = registry;
  }

  clear(): void {
    this.#byNode.clear();
  }

  take(changes: readonly TreeChange<unknown>[]): void {
    for (const { kind, node } of changes) {
      const key = nodeKey(node.want.what, node.want.path);
      if (kind === 'forgotten' || node.obstacle === undefined) this.#byNode.delete(key);
      else this.#byNode.set(key, problem('PATH_UNREADABLE', { registry: this.#registry }, node.obstacle.message));
    }
  }

  /** A path of which both names and data cannot be read is told once. */
  problems(): Iterable<Problem> {
    return new Map([...this.#byNode.values()].map((found) => [found.value, found])).values();
  }
}
