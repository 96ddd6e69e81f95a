// The series of a bridge as Prometheus stores them: healthy unless a story says otherwise.
import { type Sample, samplesOf, secondsOf } from './timeline.ts';

/** Series of one pod (its own labels only) → what they show. */
export type Shown = Readonly<Record<string, string>>;

export interface Pod {
  readonly shows?: Shown;
  /** When Prometheus finds it, and when it goes. */
  readonly from?: string;
  readonly until?: string;
  /** Scrapes that fail although the pod is well. */
  readonly unscraped?: readonly string[];
}

export interface Bridge {
  readonly namespace: string;
  /** Of another release. */
  readonly job?: string;
  readonly pods: Readonly<Record<string, Pod>>;
}

/** The release that the rules are rendered for is called so in every namespace. */
export const RELEASE = 'footbridge';
export const JOB = 'footbridge-metrics';

const HEALTHY: Shown = {
  up: '1',
  process_resident_memory_bytes: '150000000',
  nodejs_heap_size_used_bytes: '60000000',
  'footbridge_registry_up{registry="eureka"}': '1',
  'footbridge_registry_last_success_timestamp_seconds{registry="eureka"}': 'now',
  'footbridge_registry_restored{registry="eureka"}': '0',
  'footbridge_registry_services{registry="eureka"}': '40',
  'footbridge_registry_matched_services{registry="eureka"}': '6',
  'footbridge_services{state="served"}': '6',
  'footbridge_services{state="refused"}': '0',
  footbridge_instances_served: '9',
  'footbridge_problems{code="HOST_OUT_OF_SCOPE"}': '0',
  'footbridge_problems{code="LABEL_INVALID"}': '0',
  'footbridge_snapshot_state{state="empty"}': '0',
  'footbridge_snapshot_state{state="held"}': '0',
  'footbridge_snapshot_state{state="live"}': '1',
  footbridge_snapshot_fingerprint: '48151623',
  'footbridge_guard_freeze_start_timestamp_seconds{registry="eureka"}': '0',
  'footbridge_guard_holds{registry="eureka",reason="everything-gone"}': '0',
  'footbridge_guard_holds{registry="eureka",reason="many-gone"}': '0',
  'footbridge_guard_holds{registry="eureka",reason="empty-first-read"}': '0',
  'footbridge_clients{protocol="sotw",client="istiod"}': '1',
  'footbridge_clients{protocol="sotw",client="other"}': '0',
  'footbridge_clients_synced{client="istiod"}': '1',
  'footbridge_clients_synced{client="other"}': '0',
  'footbridge_responses_total{protocol="sotw",answer="ack"}': 'up by 1',
  'footbridge_responses_total{protocol="sotw",answer="nack"}': '0',
  'footbridge_pushes_too_large_total{protocol="resource-source"}': '0',
  'footbridge_streams_total{protocol="resource-source",end="client"}': '0',
  'footbridge_streams_total{protocol="resource-source",end="drained"}': '0',
  'footbridge_propagation_seconds_bucket{le="10"}': '0',
  footbridge_propagation_seconds_count: '0',
  footbridge_config_reload_refused: '0',
  footbridge_state_write_failing: '0',
  footbridge_tls_certificate_expiry_timestamp_seconds: '0',
  'footbridge_serve_files_refused{files="certificate"}': '0',
  'footbridge_serve_files_refused{files="access-list"}': '0',
};

export interface StoredSeries {
  readonly series: string;
  readonly samples: readonly Sample[];
}

export function storedSeries(
  { namespace, job = JOB, pods }: Bridge,
  count: number,
  everySeconds: number,
): StoredSeries[] {
  return Object.entries(pods).flatMap(([pod, story], index) => {
    const labels = { ...targetLabels(namespace, pod, index), job };
    const up = samplesOf(story.shows?.['up'] ?? '1', count, everySeconds);
    const failed = new Set((story.unscraped ?? []).map((at) => secondsOf(at) / everySeconds));
    const first = secondsOf(story.from ?? '0s') / everySeconds;
    const last = story.until === undefined ? count : secondsOf(story.until) / everySeconds;
    return Object.entries({ ...HEALTHY, ...story.shows }).map(([series, timeline]) => {
      const isUp = series === 'up';
      const samples = samplesOf(timeline, count, everySeconds).map((value, at): Sample => {
        if (at < first || at > last) return 'missing';
        if (at === last) return 'stale';
        // A scrape that fails writes an end to every series but `up`, so that nothing looks at the value before.
        const isUnanswered = failed.has(at) || up[at] === 0;
        if (isUnanswered) return isUp ? 0 : 'stale';
        return value;
      });
      return { series: withLabels(series, labels), samples };
    });
  });
}

/** The labels of a target as a ServiceMonitor makes them. */
export function targetLabels(namespace: string, pod: string, index: number): Readonly<Record<string, string>> {
  return {
    container: 'footbridge',
    endpoint: 'admin',
    instance: `10.0.0.${index + 1}:9903`,
    job: JOB,
    namespace,
    pod,
    service: JOB,
  };
}

function withLabels(series: string, labels: Readonly<Record<string, string>>): string {
  const [, name = '', own = ''] = /^(\w+)(?:\{(.*)\})?$/.exec(series) ?? [];
  const added = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  return `${name}{${[...(own === '' ? [] : [own]), ...added].join(',')}}`;
}
