// Lines over time as the data that uPlot draws, and the drawing itself, which runs in the browser.
import type { Panel } from '../../../../tools/dashboards/grafana.ts';
import type { Answer, Answers } from './answers.ts';
import { colourOfLine, colourOfState } from './colours.ts';

export interface Chart {
  /** Of the element that it is drawn into. */
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly unit: string;
  readonly fromS: number;
  readonly toS: number;
  /** Times, then the values of each line; null where there is none. */
  readonly data: readonly (readonly (number | null)[])[];
  readonly lines: readonly { readonly colour: string; readonly isFilled: boolean }[];
  readonly isStacked: boolean;
  readonly thresholds: readonly { readonly value: number; readonly colour: string }[];
  readonly marks: readonly { readonly fromS: number; readonly toS: number; readonly colour: string }[];
}

const MARK_COLOURS: Readonly<Record<string, string>> = { Starts: '#5794f2', Holds: '#ff9830' };

export function chartOf(panel: Panel, { byPanel, span, marks }: Answers, width: number, height: number): Chart {
  const answers = byPanel.get(panel.id) ?? [];
  const { unit = 'short', custom, thresholds } = panel.fieldConfig?.defaults ?? {};
  const isStacked = custom?.stacking?.mode === 'normal';
  const times: number[] = [];
  for (let atS = Math.ceil(span.fromS); atS <= Math.floor(span.toS); atS++) times.push(atS);
  const values = answers.map((answer) => alignedTo(times, answer));
  return {
    id: `chart-${panel.id}`,
    width,
    height,
    unit,
    ...span,
    data: [times, ...(isStacked ? stacked(values) : values)],
    lines: answers.map(({ name }, index) => ({ colour: colourOfLine(panel, name, index), isFilled: isStacked })),
    isStacked,
    thresholds: (thresholds?.steps ?? []).flatMap(({ value, color }) =>
      value === null ? [] : [{ value, colour: colourOfState(color) }],
    ),
    marks: marks.map(({ name, span: { fromS, toS } }) => ({ fromS, toS, colour: MARK_COLOURS[name] ?? '#fff' })),
  };
}

function alignedTo(times: readonly number[], { series }: Answer): (number | null)[] {
  const known = new Map(series.points.map(([atS, value]) => [Math.round(atS), value]));
  return times.map((atS) => {
    const value = known.get(atS);
    return value === undefined || Number.isNaN(value) ? null : value;
  });
}

/** Each line upon the sum of those before it. */
function stacked(values: readonly (readonly (number | null)[])[]): (number | null)[][] {
  const sums: number[] = [];
  return values.map((line) =>
    line.map((value, index) => {
      if (value === null) return null;
      sums[index] = (sums[index] ?? 0) + value;
      return sums[index];
    }),
  );
}

interface Canvas {
  readonly ctx: {
    fillStyle: string;
    globalAlpha: number;
    fillRect(x: number, y: number, width: number, height: number): void;
  };
  readonly bbox: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
  valToPos(value: number, scale: 'x' | 'y', isCanvas: true): number;
}
declare const uPlot: new (options: object, data: Chart['data'], element: unknown) => unknown;
declare const document: { getElementById(id: string): unknown };

/** Runs in the browser, so it uses nothing from outside of itself but uPlot. `ticks` are texts for the axis, by unit. */
export function drawAll(charts: readonly Chart[]): void {
  const tick = (unit: string, value: number): string => {
    const short = (scaled: number) => String(Number(scaled.toPrecision(3)));
    if (unit === 's' && value === 0) return '0';
    if (unit === 's' && value >= 86_400) return `${short(value / 86_400)} days`;
    if (unit === 's') return value < 1 ? `${short(value * 1000)} ms` : `${short(value)} s`;
    if (unit === 'bytes') return `${short(value / 1024 ** 2)} MiB`;
    if (unit === 'decbytes') return value < 1000 ? `${short(value)} B` : `${short(value / 1000)} kB`;
    if (unit === 'percentunit') return `${short(value * 100)} %`;
    if (value >= 1e6) return `${short(value / 1e6)} M`;
    return value >= 1e3 ? `${short(value / 1e3)} K` : short(value);
  };
  for (const { id, width, height, unit, fromS, toS, data, lines, isStacked, thresholds, marks } of charts) {
    const highest = Math.max(0, ...data.slice(1).flatMap((line) => line.map((value) => value ?? 0)));
    const axis = {
      stroke: '#9fa7b3',
      font: '11px sans-serif',
      grid: { stroke: '#2c3235', width: 1 },
      ticks: { show: false },
    };
    const overlay = ({ ctx, bbox, valToPos }: Canvas) => {
      const fill = (colour: string, alpha: number, x: number, y: number, w: number, h: number) => {
        ctx.fillStyle = colour;
        ctx.globalAlpha = alpha;
        ctx.fillRect(x, y, w, h);
        ctx.globalAlpha = 1;
      };
      for (const mark of marks) {
        const from = Math.max(bbox.left, valToPos(mark.fromS, 'x', true));
        const to = Math.min(bbox.left + bbox.width, valToPos(mark.toS, 'x', true));
        fill(mark.colour, mark.toS > mark.fromS ? 0.1 : 0.8, from, bbox.top, Math.max(1, to - from), bbox.height);
      }
      for (const { value, colour } of thresholds) {
        const y = valToPos(value, 'y', true);
        if (value > highest * 1.1) continue;
        for (let x = bbox.left; x < bbox.left + bbox.width; x += 10) fill(colour, 0.9, x, y, 5, 1.5);
      }
    };
    new uPlot(
      {
        width,
        height,
        legend: { show: false },
        cursor: { show: false },
        scales: { x: { range: [fromS, toS] }, y: { range: [0, highest === 0 ? 1 : highest * 1.1] } },
        axes: [
          axis,
          { ...axis, size: 62, values: (_: unknown, values: number[]) => values.map((value) => tick(unit, value)) },
        ],
        series: [
          {},
          ...lines.map(({ colour, isFilled }) => ({
            stroke: colour,
            width: 1.5,
            ...(isFilled ? { fill: `${colour}33` } : {}),
            points: { show: false },
          })),
        ],
        // The area of a line ends where the one below it begins.
        bands: isStacked ? lines.slice(1).map((_, index) => ({ series: [index + 2, index + 1] })) : [],
        hooks: { draw: [overlay] },
      },
      data,
      document.getElementById(id),
    );
  }
}
