// SPDX-License-Identifier: Apache-2.0
// What is left out because it is more than a limit allows, counted by the limit.

export const LIMITS = ['services', 'instances', 'ports', 'metadata', 'texts'] as const;
export type Limit = (typeof LIMITS)[number];

/** How much of each is left out. */
export type Excess = Readonly<Record<Limit, number>>;

export const NO_EXCESS: Excess = { services: 0, instances: 0, ports: 0, metadata: 0, texts: 0 };

/** `NO_EXCESS` itself where nothing is left out. */
export function excessOf(counts: Partial<Excess>): Excess {
  const excess = { ...NO_EXCESS, ...counts };
  return LIMITS.some((limit) => excess[limit] > 0) ? excess : NO_EXCESS;
}

export function addedUp(parts: Iterable<Excess>): Excess {
  const sum = { ...NO_EXCESS };
  for (const part of parts) if (part !== NO_EXCESS) for (const limit of LIMITS) sum[limit] += part[limit];
  return excessOf(sum);
}
