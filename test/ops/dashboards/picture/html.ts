// A dashboard as a page: panels by their places on the grid, numbers, tables and states as markup, and empty boxes for the
// charts that the browser draws.
import type { Dashboard, FieldConfig, Grid, Panel } from '../../../../tools/dashboards/grafana.ts';
import type { Series } from '../prometheus.ts';
import type { Answer, Answers } from './answers.ts';
import { type Chart, chartOf } from './charts.ts';
import { colourOfLine, colourOfState } from './colours.ts';
import { type Placed, placed } from './layout.ts';
import { tableOf } from './table.ts';
import { valueText } from './value-text.ts';

export interface Picture {
  readonly html: string;
  readonly charts: readonly Chart[];
  readonly width: number;
  readonly height: number;
  /** Where each row begins, in pixels from the top. */
  readonly rowTops: readonly number[];
}

const WIDTH = 1600;
const GAP = 8;
/** As in Grafana: a unit of height, with the gap below. */
const UNIT = 38;
const HEADER = 64;

export function pictureOf(dashboard: Dashboard, answers: Answers, isUnfolded: boolean): Picture {
  const panels = placed(dashboard, isUnfolded);
  const charts: Chart[] = [];
  const boxes = panels.map((one) => boxOf(one, answers, charts));
  const height = HEADER + Math.max(...panels.map(({ at }) => (at.y + at.h) * UNIT)) + GAP;
  const html = `<!doctype html><meta charset="utf-8"><title>${dashboard.title}</title><style>${STYLE}</style>
<h1>${dashboard.title}<small>drawn by the test suite from the answers of a real Prometheus</small></h1>
<main style="height:${height - HEADER}px">${boxes.join('\n')}</main>`;
  const rows = panels.filter(({ panel }) => panel.type === 'row');
  return { html, charts, width: WIDTH, height, rowTops: rows.map(({ at }) => HEADER + at.y * UNIT) };
}

function boxOf({ panel, at }: Placed, answers: Answers, charts: Chart[]): string {
  const box = inPixels(at);
  const style = `left:${box.x}px;top:${box.y}px;width:${box.w}px;height:${box.h}px`;
  if (panel.type === 'row') return `<section class="row" style="${style}">${escaped(panel.title)}</section>`;
  const found = answers.byPanel.get(panel.id) ?? [];
  return `<section class="panel" style="${style}"><h2>${escaped(panel.title)}</h2>${contentOf(panel, found, box, answers, charts)}</section>`;
}

function contentOf(panel: Panel, found: readonly Answer[], box: Grid, answers: Answers, charts: Chart[]): string {
  switch (panel.type) {
    case 'stat':
      return statOf(panel, found);
    case 'table':
      return tableOf(panel, found);
    case 'state-timeline':
      return timelineOf(panel, found, answers);
    default: {
      const legend = legendOf(panel, found);
      const letters = found.reduce((sum, { name }) => sum + name.length + 14, 0);
      const rows = Math.min(3, Math.ceil((letters * 6.2) / (box.w - 16)));
      const chart = chartOf(panel, answers, box.w - 16, box.h - 44 - rows * 17);
      charts.push(chart);
      return `<div id="${chart.id}"></div>${legend}`;
    }
  }
}

function statOf(panel: Panel, found: readonly Answer[]): string {
  const config = panel.fieldConfig?.defaults ?? {};
  if (found.length === 0) return `<div class="stat">${config.noValue ?? 'No data'}</div>`;
  const hasState = panel.options?.['colorMode'] === 'background';
  const values = found.map(({ name, series }) => {
    const { text, colour } = valueText(series.points.at(-1)?.[1], config);
    const style = hasState ? ` style="background:${colour};color:#111217"` : '';
    const label = found.length > 1 ? `<small>${escaped(name)}</small>` : '';
    return `<div${style}>${label}<b>${text}</b></div>`;
  });
  return `<div class="stat">${values.join('')}</div>`;
}

/** A line for each series, cut where its value changes. */
function timelineOf({ fieldConfig }: Panel, found: readonly Answer[], { span }: Answers): string {
  const config = fieldConfig?.defaults ?? {};
  const share = (atS: number) => ((atS - span.fromS) / (span.toS - span.fromS)) * 100;
  const lines = found.map(({ name, series }) => {
    const pieces = stretchesOf(series).map(
      ({ fromS, toS, value }) =>
        `<i style="left:${share(fromS)}%;width:${share(Math.min(toS, span.toS)) - share(fromS)}%;background:${valueText(value, config).colour}"></i>`,
    );
    return `<tr><td>${escaped(name)}</td><td class="states">${pieces.join('')}</td></tr>`;
  });
  return `<table class="timeline">${lines.join('')}</table>${statesLegend(config)}`;
}

/** Neighbouring points of one value, to where the next begins; a gap ends one too. */
function stretchesOf({ points }: Series): readonly { fromS: number; toS: number; value: number }[] {
  const stretches: { fromS: number; toS: number; value: number }[] = [];
  for (const [atS, value] of points) {
    const last = stretches.at(-1);
    if (last !== undefined && last.value === value && atS - last.toS < 0.5) last.toS = atS + 1;
    else stretches.push({ fromS: atS, toS: atS + 1, value });
  }
  return stretches;
}

function statesLegend({ mappings = [] }: FieldConfig): string {
  const words = mappings.flatMap(({ options }) => Object.values(options));
  return `<p class="legend">${words.map(({ text, color }) => swatch(colourOfState(color), text)).join('')}</p>`;
}

function legendOf(panel: Panel, found: readonly Answer[]): string {
  const { fieldConfig } = panel;
  const entries = found.map(({ name, series }, index) => {
    const last = series.points.findLast(([, value]) => !Number.isNaN(value))?.[1];
    const { text } = valueText(last, { unit: fieldConfig?.defaults.unit ?? 'short' });
    return swatch(colourOfLine(panel, name, index), `${name}  ${text}`);
  });
  return `<p class="legend">${entries.join('')}</p>`;
}

function swatch(colour: string, text: string): string {
  return `<span><i style="background:${colour}"></i>${escaped(text)}</span>`;
}

function inPixels({ x, y, w, h }: Grid): Grid {
  const column = (WIDTH - GAP) / 24;
  return { x: Math.round(GAP + x * column), y: y * UNIT, w: Math.round(w * column - GAP), h: h * UNIT - GAP };
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

const STYLE = `
body { margin: 0; background: #111217; color: #ccccdc; font: 13px/1.4 sans-serif; }
h1 { margin: 0; padding: 16px ${GAP}px; font-size: 20px; font-weight: 500; height: 32px; }
h1 small { margin-left: 16px; color: #8e8e9b; font-size: 12px; }
main { position: relative; }
section { position: absolute; box-sizing: border-box; overflow: hidden; }
.row { font-size: 15px; font-weight: 500; padding-top: 4px; }
.panel { background: #181b1f; border: 1px solid #2c3235; border-radius: 2px; padding: 6px 8px; }
h2 { margin: 0 0 4px; font-size: 13px; font-weight: 500; white-space: nowrap; }
.stat { display: flex; gap: 8px; height: calc(100% - 28px); font-size: 26px; text-align: center; align-items: stretch; }
.stat div { flex: 1; display: flex; flex-direction: column; justify-content: center; border-radius: 2px; }
.stat b { font-weight: 500; } .stat small { font-size: 12px; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; padding: 4px 8px; border-bottom: 1px solid #2c3235; font-weight: 400; }
th { color: #8ab8ff; }
.timeline { table-layout: auto; }
.timeline td { padding: 3px 8px 3px 4px; border: 0; white-space: nowrap; }
.timeline .states { position: relative; width: 100%; height: 22px; padding: 0; }
.states i { position: absolute; top: 3px; bottom: 3px; opacity: .8; }
.legend { margin: 4px 0 0; max-height: 51px; overflow: hidden; font-size: 11px; line-height: 17px; }
.legend span { margin-right: 14px; white-space: pre; }
.legend i { display: inline-block; width: 12px; height: 3px; margin-right: 5px; vertical-align: middle; }
`;
