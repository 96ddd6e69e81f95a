// A value as a word or a number, and its colour, by the mappings and thresholds of a panel or a column.
import type { FieldConfig } from '../../../../tools/dashboards/grafana.ts';
import { colourOfState } from './colours.ts';
import { formatted } from './units.ts';

export function valueText(
  value: number | undefined,
  { unit = 'short', decimals, mappings = [], thresholds }: FieldConfig,
): { readonly text: string; readonly colour: string } {
  if (value === undefined) return { text: '–', colour: colourOfState('text') };
  for (const { options } of mappings) {
    const word = options[String(value)];
    if (word !== undefined) return { text: word.text, colour: colourOfState(word.color) };
  }
  const step = (thresholds?.steps ?? []).findLast((one) => one.value === null || one.value <= value);
  return { text: formatted(value, unit, decimals), colour: colourOfState(step?.color ?? 'text') };
}
