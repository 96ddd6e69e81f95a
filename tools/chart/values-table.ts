// The table of values in the chart's README, between two marks; the text around it is written by hand.
import type { ChartValue } from './read-values.ts';

const BEGIN = '<!-- values: written by `npm run generate` from values.yaml -->';
const END = '<!-- end of values -->';

export function withValuesTable(readme: string, values: readonly ChartValue[]): string {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`the README of the chart lost its marks: ${BEGIN} and ${END}`);
  const rows = values.map((value) => `| \`${value.path.join('.')}\` | ${fallback(value)} | ${cell(value.sentence)} |`);
  const table = ['| value | default | what for |', '| --- | --- | --- |', ...rows].join('\n');
  return `${readme.slice(0, begin + BEGIN.length)}\n\n${table}\n\n${readme.slice(end)}`;
}

function fallback({ default: declared, hint }: ChartValue): string {
  if (declared === undefined) return `**required**, for example \`${cell(hint.example ?? '')}\``;
  return `\`${cell(JSON.stringify(declared))}\``;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
