// A story: what bridges show over time, and exactly which alerts fire at which moments. From it comes a test of promtool.
import { type Bridge, RELEASE, storedSeries } from './bridge.ts';
import type { Rule } from './rules.ts';
import { type Sample, secondsOf } from './timeline.ts';

export interface Story {
  /** A sentence. */
  readonly that: string;
  readonly bridges: readonly Bridge[];
  /** Between two scrapes, and between two evaluations. Default: 30s. */
  readonly every?: string;
  /** Moment → all that fires then. Every other alert must be silent. */
  readonly firing: Readonly<Record<string, readonly Firing[]>>;
}

export interface Firing {
  readonly alert: string;
  readonly severity: 'critical' | 'warning';
  readonly namespace?: string;
  /** Besides the severity, `namespace` and `published_namespace`. */
  readonly labels: Readonly<Record<string, string>>;
  readonly summary: string;
  /** Behind the name of the bridge. */
  readonly description: string;
}

export const NAMESPACE = 'payments';
export const RUNBOOKS = 'https://runbooks.example.com/footbridge';

/** A test group of promtool. */
export function promtoolTest(story: Story, rules: readonly Rule[]): unknown {
  const every = story.every ?? '30s';
  const everySeconds = secondsOf(every);
  const endSeconds = Math.max(...Object.keys(story.firing).map(secondsOf));
  const count = endSeconds / everySeconds + 1;
  const names = [...new Set(rules.map(({ alert }) => alert))];
  const series = story.bridges.flatMap((bridge) => storedSeries(bridge, count, everySeconds));
  return {
    name: story.that,
    interval: every,
    input_series: series.map(({ series, samples }) => ({ series, values: samples.map(notation).join(' ') })),
    alert_rule_test: Object.entries(story.firing).flatMap(([at, firing]) =>
      names.map((alertname) => ({
        eval_time: at,
        alertname,
        exp_alerts: firing.filter(({ alert }) => alert === alertname).map(expectedAlert),
      })),
    ),
  };
}

function notation(sample: Sample): string {
  return sample === 'missing' ? '_' : String(sample);
}

function expectedAlert({ alert, severity, namespace = NAMESPACE, labels, summary, description }: Firing) {
  return {
    exp_labels: { severity, namespace, published_namespace: namespace, ...labels },
    exp_annotations: {
      summary,
      description: `Namespace ${namespace} (release ${RELEASE}): ${description}`,
      runbook_url: `${RUNBOOKS}/${alert}.md`,
    },
  };
}
