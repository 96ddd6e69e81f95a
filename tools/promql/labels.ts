// Which labels are left of a vector, and after a join of two.

/** `any` where it cannot be told. */
export type Labels = ReadonlySet<string> | 'any';

export interface Join {
  readonly isUnion: boolean;
  /** `on (…)`, else `ignoring (…)` or nothing. */
  readonly isOn: boolean;
  readonly matched: readonly string[];
  /** The side that may have many series for one of the other: `group_left`, `group_right`. */
  readonly many: 'left' | 'right' | 'neither';
  /** Labels that the many take over from the one. */
  readonly included: readonly string[];
}

export function resultOfJoin(left: Labels, right: Labels, { isUnion, isOn, matched, many, included }: Join): Labels {
  if (isUnion) return right === 'any' ? 'any' : withLabels(left, [...right]);
  if (many !== 'neither') return withLabels(many === 'left' ? left : right, included);
  return isOn ? new Set(matched) : withoutLabels(left, matched);
}

export function withLabels(labels: Labels, more: readonly string[]): Labels {
  return labels === 'any' ? 'any' : new Set([...labels, ...more]);
}

export function withoutLabels(labels: Labels, fewer: readonly string[]): Labels {
  return labels === 'any' ? 'any' : new Set([...labels].filter((label) => !fewer.includes(label)));
}
