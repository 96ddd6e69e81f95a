// Numbers as Grafana writes them, for the units that the dashboards use.

const THOUSANDS = ['', 'K', 'M', 'G'];
const DECIMAL_BYTES = ['B', 'kB', 'MB', 'GB'];
const BYTES = ['B', 'KiB', 'MiB', 'GiB'];
const HOUR = 3_600;
const DAY = 24 * HOUR;

export function formatted(value: number, unit: string, decimals?: number): string {
  if (!Number.isFinite(value)) return '–';
  switch (unit) {
    case 's':
      return seconds(value, decimals);
    case 'opm':
      return `${rounded(value, decimals)} ops/min`;
    case 'percentunit':
      return `${rounded(value * 100, decimals)} %`;
    case 'bytes':
      return scaled(value, 1024, BYTES, decimals);
    case 'decbytes':
      return scaled(value, 1000, DECIMAL_BYTES, decimals);
    default:
      return scaled(value, 1000, THOUSANDS, decimals).trim();
  }
}

function seconds(value: number, decimals?: number): string {
  if (value === 0) return '0 s';
  if (value < 1e-3) return `${rounded(value * 1e6, decimals)} µs`;
  if (value < 1) return `${rounded(value * 1e3, decimals)} ms`;
  if (value < 120) return `${rounded(value, decimals)} s`;
  if (value < HOUR) return `${rounded(value / 60, decimals)} min`;
  if (value < DAY) return `${rounded(value / HOUR, decimals)} hours`;
  return value < 7 * DAY ? `${rounded(value / DAY, decimals)} days` : `${rounded(value / (7 * DAY), decimals)} weeks`;
}

function scaled(value: number, base: number, suffixes: readonly string[], decimals?: number): string {
  const step = Math.min(suffixes.length - 1, Math.max(0, Math.floor(Math.log(Math.abs(value)) / Math.log(base))));
  const power = Number.isFinite(step) ? step : 0;
  return `${rounded(value / base ** power, decimals)} ${suffixes[power]}`;
}

/** Three digits that matter, as many as `decimals` at most. */
function rounded(value: number, decimals?: number): string {
  const wanted = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return String(Number(value.toFixed(Math.min(decimals ?? wanted, wanted, 6))));
}
