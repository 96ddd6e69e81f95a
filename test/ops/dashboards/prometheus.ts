// A real Prometheus over programs that a test runs: each target carries the labels that a ServiceMonitor would give it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { PROMETHEUS } from '../../peers/build/tool.ts';
import { Child } from '../../peers/run/child.ts';
import { freePort } from '../../peers/run/free-port.ts';
import { get } from '../../peers/run/get.ts';
import { scratchFolder } from '../../peers/run/scratch.ts';
import type { Teardown } from '../../peers/run/teardown.ts';
import { waitFor } from '../../peers/run/wait-for.ts';

export interface ScrapeTarget {
  readonly job: string;
  readonly port: number;
  readonly labels: Readonly<Record<string, string>>;
}

export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  /** Unix time in seconds, value. */
  readonly points: readonly (readonly [atS: number, value: number])[];
}

export interface Span {
  readonly fromS: number;
  readonly toS: number;
}

export const SCRAPE_S = 1;

export class Prometheus {
  readonly #url: string;
  readonly #configFile: string;
  readonly #child: Child;
  /** All that were ever there: of a job that is taken away whole, Prometheus sees the last values for five minutes more. */
  readonly #jobs: Set<string>;
  #targets: number;

  private constructor(port: number, configFile: string, child: Child, targets: readonly ScrapeTarget[]) {
    this.#url = `http://127.0.0.1:${port}`;
    this.#configFile = configFile;
    this.#child = child;
    this.#jobs = new Set(targets.map(({ job }) => job));
    this.#targets = targets.length;
  }

  static async start(teardown: Teardown, targets: readonly ScrapeTarget[], rules: object): Promise<Prometheus> {
    const folder = scratchFolder(teardown, 'prometheus');
    const port = await freePort();
    writeFileSync(join(folder, 'rules.yaml'), stringify(rules));
    const configFile = join(folder, 'prometheus.yaml');
    writeFileSync(configFile, stringify(configOf(targets)));
    mkdirSync(join(folder, 'data'));
    const child = new Child({
      name: 'prometheus',
      command: PROMETHEUS.command,
      args: [
        '--config.file=prometheus.yaml',
        '--storage.tsdb.path=data',
        `--web.listen-address=127.0.0.1:${port}`,
        '--log.level=warn',
      ],
      cwd: folder,
    });
    teardown.add('prometheus', () => child.stop());
    const prometheus = new Prometheus(port, configFile, child, targets);
    await waitFor(async () => {
      if (!child.isRunning) throw new Error(child.describe());
      return (await get(`${prometheus.#url}/-/ready`)).status === 200;
    }, 'Prometheus is ready');
    return prometheus;
  }

  /** Scrapes these from now on, as when Kubernetes has other pods. */
  async retarget(targets: readonly ScrapeTarget[]): Promise<void> {
    for (const { job } of targets) this.#jobs.add(job);
    writeFileSync(this.#configFile, stringify(configOf(targets, this.#jobs)));
    this.#targets = targets.length;
    this.#child.signal('SIGHUP');
    await this.until(`count(up) == ${targets.length}`);
  }

  /** What an expression gives at a moment; now, if none is named. Throws what Prometheus has against it. */
  async query(expr: string, atS = Date.now() / 1000): Promise<readonly Series[]> {
    const result = await this.#ask<{ value: RawPoint }>('query', { query: expr, time: String(atS) });
    return result.map(({ metric, value }) => ({ labels: metric, points: [pointOf(value)] }));
  }

  async queryRange(expr: string, { fromS, toS }: Span, stepS = SCRAPE_S): Promise<readonly Series[]> {
    const window = { start: String(fromS), end: String(toS), step: String(stepS) };
    const result = await this.#ask<{ values: readonly RawPoint[] }>('query_range', { query: expr, ...window });
    return result.map(({ metric, values }) => ({ labels: metric, points: values.map(pointOf) }));
  }

  /** Resolves when a filtering expression lets something through. */
  async until(expr: string): Promise<void> {
    await waitFor(async () => (await this.query(expr)).length > 0, `Prometheus sees ${expr}`);
  }

  /** Resolves when every target was scraped `count` times from now on, well or in vain. */
  async scrapes(count: number): Promise<void> {
    const afterS = Date.now() / 1000 + (count - 1) * SCRAPE_S;
    await this.until(`count(timestamp(up) > ${afterS}) == ${this.#targets}`);
  }

  async #ask<T>(path: string, parameters: Record<string, string>): Promise<(T & { metric: Series['labels'] })[]> {
    const { body } = await get(`${this.#url}/api/v1/${path}?${new URLSearchParams(parameters)}`);
    const answer = JSON.parse(body) as Answer<T>;
    if (answer.status !== 'success') throw new Error(`${answer.error}: ${parameters['query']}`);
    return answer.data.result;
  }
}

type RawPoint = readonly [number, string];
type Answer<T> =
  | { readonly status: 'success'; readonly data: { readonly result: (T & { metric: Series['labels'] })[] } }
  | { readonly status: 'error'; readonly error: string };

function pointOf([atS, value]: RawPoint): readonly [number, number] {
  return [atS, Number(value.replace('Inf', 'Infinity'))];
}

function configOf(targets: readonly ScrapeTarget[], jobs = new Set(targets.map(({ job }) => job))): object {
  return {
    global: { scrape_interval: `${SCRAPE_S}s`, scrape_timeout: `${SCRAPE_S}s`, evaluation_interval: `${SCRAPE_S}s` },
    rule_files: ['rules.yaml'],
    scrape_configs: [...jobs].map((job) => ({
      job_name: job,
      static_configs: targets
        .filter((target) => target.job === job)
        .map(({ port, labels }) => ({ targets: [`127.0.0.1:${port}`], labels })),
    })),
  };
}
