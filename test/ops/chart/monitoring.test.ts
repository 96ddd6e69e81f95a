// Prometheus finds the pods, and what it calls them is what alerts ask for.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { needPeers } from '../../peers/build/peers.ts';
import { EVERYTHING, MINIMAL, WITH_POD_MONITOR } from './cases.ts';
import { type Release, render } from './helm.ts';
import { at, only } from './pick.ts';

describe('monitoring', await needPeers('helm4'), () => {
  /** `footbridge.metricsSelector` as a template of the user sees it. */
  function selector(release: Release): unknown {
    const probe =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: probe, namespace: "{{ .Release.Namespace }}"}\ndata: {selector: {{ include "footbridge.metricsSelector" . | quote }}}\n';
    const values = { ...(release.values ?? {}), extraManifests: [probe] };
    return at(only(render({ ...release, values }), 'ConfigMap', 'probe'), 'data.selector');
  }

  test('is off by default: nothing of the Prometheus operator is rendered', () => {
    const kinds = render({ files: [MINIMAL] }).map(({ kind }) => kind);
    assert.equal(
      kinds.some((kind) => ['ServiceMonitor', 'PodMonitor', 'PrometheusRule'].includes(kind)),
      false,
    );
  });

  test('by a ServiceMonitor selects the Service with the admin port alone, whose name is the job', () => {
    const objects = render(EVERYTHING.release);
    const wanted = at(only(objects, 'ServiceMonitor'), 'spec.selector.matchLabels') as Record<string, string>;
    const services = objects.filter(
      ({ kind, metadata }) =>
        kind === 'Service' && Object.entries(wanted).every(([key, value]) => metadata.labels?.[key] === value),
    );
    assert.deepEqual(
      services.map((service) => [service.metadata.name, at(service, 'spec.ports.0.name')]),
      [['footbridge-metrics', 'admin']],
    );
    assert.equal(at(only(objects, 'ServiceMonitor'), 'spec.jobLabel'), undefined, 'it would replace the name');
    assert.equal(selector(EVERYTHING.release), 'namespace="payments", job="footbridge-metrics"');
  });

  test('by a PodMonitor selects the pods; the job is namespace and name of the PodMonitor', () => {
    const monitor = only(render(WITH_POD_MONITOR.release), 'PodMonitor');
    assert.equal(monitor.metadata.name, 'footbridge');
    assert.equal(at(monitor, 'spec.jobLabel'), undefined);
    assert.equal(selector(WITH_POD_MONITOR.release), 'namespace="payments", job="payments/footbridge"');
  });

  test('by a scrape configuration of your own takes the job that you name', () => {
    assert.equal(
      selector({ files: [MINIMAL], values: { monitoring: { job: 'bridges' } } }),
      'namespace="payments", job="bridges"',
    );
  });

  test('finds pods that are not ready, whose metrics are needed most', () => {
    assert.equal(
      at(only(render(EVERYTHING.release), 'Service', 'footbridge-metrics'), 'spec.publishNotReadyAddresses'),
      true,
    );
  });

  test('renders each dashboard as JSON under its own name, with the label that Grafana looks for', () => {
    const dashboards = render(EVERYTHING.release).filter(
      ({ metadata }) => metadata.labels?.['grafana_dashboard'] === '1',
    );
    const files = dashboards.map((dashboard) => Object.entries(at(dashboard, 'data') as Record<string, string>));
    assert.deepEqual(
      files.flat().map(([name]) => name),
      ['footbridge-fleet.json', 'footbridge-namespace.json'],
    );
    for (const [name, text] of files.flat()) assert.equal(at(JSON.parse(text), 'uid'), name.replace('.json', ''));
  });

  test('tells the dashboards where the runbooks are, as it tells the alerts', () => {
    const runbooksOf = (prometheusRule: object) =>
      render({ files: [MINIMAL], values: { monitoring: { dashboards: { enabled: true }, prometheusRule } } })
        .filter(({ metadata }) => metadata.labels?.['grafana_dashboard'] === '1')
        .flatMap((dashboard) => Object.values(at(dashboard, 'data') as Record<string, string>))
        .map((text) => (at(JSON.parse(text), 'templating.list') as { name: string; query: unknown }[]).at(-1)?.query);
    const base = 'https://wiki.example.com/runbooks/';
    assert.deepEqual(runbooksOf({ runbookBaseUrl: base }), [base, base]);
    assert.deepEqual(runbooksOf({ runbookBaseUrl: 'https://wiki.example.com/runbooks' }), [base, base]);
    assert.deepEqual(runbooksOf({}), ['https://runbooks.invalid/', 'https://runbooks.invalid/']);
  });
});
