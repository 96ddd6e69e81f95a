// Reads Prometheus' text format as far as the tests need it: plain samples with labels.

export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export class Metrics {
  readonly samples: readonly Sample[];

  constructor(text: string) {
    this.samples = text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .flatMap((line) => sample(line) ?? []);
  }

  /** Sum of all samples of that name whose labels hold `labels`; 0 when there is none, as a counter begins. */
  sum(name: string, labels: Readonly<Record<string, string>> = {}): number {
    return this.samples
      .filter(
        (found) => found.name === name && Object.entries(labels).every(([key, value]) => found.labels[key] === value),
      )
      .reduce((total, { value }) => total + value, 0);
  }
}

function sample(line: string): Sample | undefined {
  const [, name, inBraces = '', number] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/.exec(line) ?? [];
  if (name === undefined || number === undefined) return undefined;
  const labels = Object.fromEntries(
    [...inBraces.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, value]) => [key, value]),
  );
  return { name, labels, value: Number(number) };
}
