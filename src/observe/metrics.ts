// SPDX-License-Identifier: Apache-2.0
// The metrics of one process on prom-client, which stands behind this file alone. Gauges are read from state when they
// are scraped, so they cannot drift; what happens is counted by the recorders. No recorder throws.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { gaugeReadings, type MetricSources, type OwnerFigures, type Sample } from './gauge-readings.ts';
import type { Log } from './log.ts';
import type { LabelValues, MetricDeclaration } from './metric-declaration.ts';
import { type KeyOf, type LabelsOf, METRICS } from './metric-table.ts';

export interface MetricsOptions {
  /** What gauges are read from, at every scrape: quick functions. One that throws costs its own series alone. */
  readonly sources: MetricSources;
  readonly registries: readonly MeasuredRegistry[];
  readonly problemCodes: readonly string[];
  readonly version: string;
  /** Asked at every scrape: a reload may name another team. */
  readonly owner: () => OwnerFigures;
  readonly log: Log;
}

/** A configured registry, as far as it decides which series there are. */
export interface MeasuredRegistry {
  readonly name: string;
  /** The closed set of its read modes. */
  readonly modes: readonly string[];
  readonly hasSession: boolean;
}

export interface Answered {
  readonly answer: LabelsOf<'responses'>['answer'];
  readonly pushedAtMs: number;
  readonly answeredAtMs: number;
  /** When the change behind the push was seen; undefined where no change caused it (a client that just connected). */
  readonly changeSeenAtMs: number | undefined;
}

/**
 * Gauges of prom-client with the name of a counter, for which `promtool check metrics` refuses the whole page. Each is the sum of
 * the series without `_total`.
 */
const MISNAMED = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

type LabelTexts = Record<string, string>;
type Protocol = LabelsOf<'pushes'>['protocol'];

export class Metrics {
  readonly #options: MetricsOptions;
  readonly #registry = new Registry();
  readonly #counters = new Map<string, Counter>();
  readonly #histograms = new Map<string, Histogram>();

  constructor(options: MetricsOptions) {
    this.#options = options;
    const readings = gaugeReadings(options.sources, options.version, options.owner);
    for (const [key, declared] of Object.entries<MetricDeclaration>(METRICS)) {
      if (declared.type === 'counter') this.#counters.set(key, this.#createCounter(declared));
      else if (declared.type === 'histogram') this.#histograms.set(key, this.#createHistogram(declared));
      else this.#createGauge(declared, readings.get(key) ?? (() => []));
    }
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** The page that is scraped. */
  expose(): Promise<string> {
    return this.#registry.metrics();
  }

  /** Adds the usual `process_*` and `nodejs_*` series. They observe the whole process: once in a process is enough. */
  addProcessMetrics(): void {
    collectDefaultMetrics({ register: this.#registry });
    for (const name of MISNAMED) this.#registry.removeSingleMetric(name);
  }

  registryRead(read: {
    readonly registry: string;
    readonly mode: string;
    readonly outcome: 'ok' | 'error';
    readonly durationMs: number;
  }): void {
    const { registry, mode, outcome, durationMs } = read;
    this.#count('registryRefreshes', { registry, mode, outcome });
    this.#observe('registryRefreshDuration', { registry, mode }, durationMs / 1000);
  }

  registryChanged(labels: LabelsOf<'registryChanges'>, by: number): void {
    this.#count('registryChanges', labels, by);
  }

  registryDrifted(registry: string, by: number): void {
    this.#count('registryDrift', { registry }, by);
  }

  converted(durationMs: number): void {
    this.#observe('convertDuration', {}, durationMs / 1000);
  }

  published(changes: Readonly<Record<LabelsOf<'snapshotChanges'>['op'], number>>): void {
    this.#count('snapshotPublishes', {});
    this.#count('snapshotChanges', { op: 'add' }, changes.add);
    this.#count('snapshotChanges', { op: 'update' }, changes.update);
    this.#count('snapshotChanges', { op: 'remove' }, changes.remove);
  }

  streamEnded(protocol: Protocol, end: LabelsOf<'streams'>['end']): void {
    this.#count('streams', { protocol, end });
  }

  clientRejected(reason: LabelsOf<'clientsRejected'>['reason']): void {
    this.#count('clientsRejected', { reason });
  }

  rateLimited(limit: LabelsOf<'rateLimited'>['limit']): void {
    this.#count('rateLimited', { limit });
  }

  subscriptionRefused(): void {
    this.#count('subscriptionsRefused', {});
  }

  pushed(protocol: Protocol, bytes: number): void {
    this.#count('pushes', { protocol });
    this.#observe('pushSize', {}, bytes);
  }

  sentTooLarge(protocol: Protocol): void {
    this.#count('pushesTooLarge', { protocol });
  }

  answered(protocol: Protocol, { answer, pushedAtMs, answeredAtMs, changeSeenAtMs }: Answered): void {
    this.#count('responses', { protocol, answer });
    if (answer === 'nack') return;
    this.#observe('pushAck', {}, secondsBetween(pushedAtMs, answeredAtMs));
    if (changeSeenAtMs !== undefined) this.#observe('propagation', {}, secondsBetween(changeSeenAtMs, answeredAtMs));
  }

  logged(level: string): void {
    const known = METRICS.logMessages.labels.level.find((one) => one === level);
    if (known !== undefined) this.#count('logMessages', { level: known });
  }

  stateWritten(outcome: LabelsOf<'stateWrites'>['outcome']): void {
    this.#count('stateWrites', { outcome });
  }

  configReloaded(outcome: LabelsOf<'configReloads'>['outcome']): void {
    this.#count('configReloads', { outcome });
  }

  #count<K extends KeyOf<'counter'>>(key: K, labels: LabelsOf<K> & LabelTexts, by = 1): void {
    if (by > 0) this.#counters.get(key)?.inc(labels, by);
  }

  #observe<K extends KeyOf<'histogram'>>(key: K, labels: LabelsOf<K> & LabelTexts, value: number): void {
    if (Number.isFinite(value)) this.#histograms.get(key)?.observe(labels, value);
  }

  #createCounter(declared: MetricDeclaration): Counter {
    const counter = new Counter({ ...this.#about(declared) });
    for (const labels of this.#knownLabels(declared)) counter.inc(labels, 0);
    return counter;
  }

  #createHistogram(declared: MetricDeclaration): Histogram {
    const histogram = new Histogram({ ...this.#about(declared), buckets: [...(declared.buckets ?? [])] });
    for (const labels of this.#knownLabels(declared)) histogram.zero(labels);
    return histogram;
  }

  /** One collector that throws would cost the whole scrape: it costs its own series, and says so in the log. */
  #createGauge(declared: MetricDeclaration, read: () => Iterable<Sample>): void {
    const { log } = this.#options;
    const known = this.#knownLabels(declared);
    const isSingle = Object.keys(declared.labels).length === 0;
    new Gauge({
      ...this.#about(declared),
      collect() {
        try {
          const samples = [...read()];
          this.reset();
          for (const labels of known) this.set(labels, 0);
          for (const { labels, value } of samples) this.set(labels, value);
        } catch (cause) {
          // Resetting leaves a metric without labels at 0, which would be a lie: no series is better.
          this.reset();
          if (isSingle) this.remove({});
          log.error('metrics.collector_failed', { metric: declared.name, cause: String(cause) });
        }
      },
    });
  }

  #about({ name, help, labels }: MetricDeclaration) {
    return { name, help, labelNames: Object.keys(labels), registers: [this.#registry] };
  }

  /** Every combination of values that is known at the start: a series that appears late looks like one that was lost. */
  #knownLabels({ labels }: MetricDeclaration): Record<string, string>[] {
    let known: Record<string, string>[] = [{}];
    for (const [label, values] of Object.entries(labels)) {
      known = known.flatMap((so) => this.#valuesOf(values, so).map((value) => ({ ...so, [label]: value })));
    }
    return known;
  }

  #valuesOf(values: LabelValues, chosen: Readonly<Record<string, string>>): readonly string[] {
    const { registries, problemCodes } = this.#options;
    switch (values) {
      case 'registries':
        return registries.map(({ name }) => name);
      case 'registries with a session':
        return registries.filter(({ hasSession }) => hasSession).map(({ name }) => name);
      case 'read modes':
        return registries.find(({ name }) => name === chosen['registry'])?.modes ?? [];
      case 'problem codes':
        return problemCodes;
      case 'set once':
      case 'as configured':
        return [];
      default:
        return values;
    }
  }
}

/** Wall clocks can step back between two moments. */
function secondsBetween(fromMs: number, toMs: number): number {
  return Math.max(0, toMs - fromMs) / 1000;
}
