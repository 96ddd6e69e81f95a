// The same rules for a life that runs sixty times as fast: a minute becomes a second.
import type { RuleGroup } from './rules.ts';
import { secondsOf } from './timeline.ts';

const HASTE = 60;

export function hastened(groups: readonly RuleGroup[], staleSeconds: number): readonly RuleGroup[] {
  return groups.map(({ name, rules }) => ({
    name,
    rules: rules.map((rule) => ({
      ...rule,
      expr: hastenedExpression(rule.expr, staleSeconds),
      for: hastenedTime(rule.for),
    })),
  }));
}

function hastenedExpression(expr: string, staleSeconds: number): string {
  return expr
    .replaceAll(/\[(\w+)\]/g, (_, time: string) => `[${hastenedTime(time)}]`)
    .replaceAll(/ offset (\w+)/g, (_, time: string) => ` offset ${hastenedTime(time)}`)
    .replaceAll(` * ${staleSeconds}\n`, ` * ${staleSeconds / HASTE}\n`);
}

function hastenedTime(time: string): string {
  return `${Math.round((secondsOf(time) * 1000) / HASTE)}ms`;
}
