// Looking into the tree that the parser of Prometheus' own editor makes.
import type { SyntaxNode } from '@lezer/common';

const EXPRESSIONS = new Set([
  'AggregateExpr',
  'BinaryExpr',
  'FunctionCall',
  'MatrixSelector',
  'NumberDurationLiteral',
  'OffsetExpr',
  'ParenExpr',
  'StringLiteral',
  'SubqueryExpr',
  'UnaryExpr',
  'VectorSelector',
  'StepInvariantExpr',
]);

/** The expressions right below a node, in order. */
export function operands(node: SyntaxNode | null): readonly SyntaxNode[] {
  return children(node).filter(({ name }) => EXPRESSIONS.has(name));
}

/** The first place that the parser could make no sense of. */
export function errorIn(node: SyntaxNode): SyntaxNode | undefined {
  if (node.type.isError) return node;
  for (const child of children(node)) {
    const error = errorIn(child);
    if (error !== undefined) return error;
  }
  return undefined;
}

/** Names in `by (…)`, `on (…)`, `group_left (…)`. */
export function namesIn(grouping: SyntaxNode | null | undefined, expression: string): readonly string[] {
  return (grouping?.getChildren('LabelName') ?? []).map(({ from, to }) => expression.slice(from, to));
}

function children(node: SyntaxNode | null): readonly SyntaxNode[] {
  const all: SyntaxNode[] = [];
  for (let child = node?.firstChild ?? null; child !== null; child = child.nextSibling) all.push(child);
  return all;
}
