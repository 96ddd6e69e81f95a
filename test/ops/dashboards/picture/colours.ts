// Grafana's colours by the names that the dashboards use, dark.
import type { Panel } from '../../../../tools/dashboards/grafana.ts';

const STATES: Readonly<Record<string, string>> = {
  green: '#73bf69',
  orange: '#ff9830',
  red: '#f2495c',
  text: '#ccccdc',
};

/** Of lines, in their order. */
const PALETTE: readonly string[] = [
  '#73bf69',
  '#f2cc0c',
  '#8ab8ff',
  '#ff780a',
  '#f2495c',
  '#5794f2',
  '#b877d9',
  '#705da0',
  '#37872d',
  '#fade2a',
];

export function colourOfState(name: string): string {
  return STATES[name] ?? name;
}

/** Of a line: that of the state for which it stands, else the next one of the palette. */
export function colourOfLine({ fieldConfig }: Panel, name: string, index: number): string {
  for (const { matcher, properties } of fieldConfig?.overrides ?? []) {
    const colour = properties.find(({ id }) => id === 'color')?.value as { readonly fixedColor: string } | undefined;
    const pattern = matcher.options.replace(/^\/|\/$/g, '');
    if (colour !== undefined && new RegExp(pattern).test(name)) return colourOfState(colour.fixedColor);
  }
  return PALETTE[index % PALETTE.length] ?? '#fff';
}
