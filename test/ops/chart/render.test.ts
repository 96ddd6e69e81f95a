// What holds for every rendering of the chart, whatever the values.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { needPeers, peerPath } from '../../peers/build/peers.ts';
import { CASES, EVERYTHING, MINIMAL } from './cases.ts';
import { CHART, HELMS, helm, type Rendered, render, template } from './helm.ts';
import { unknownFields } from './known-fields.ts';
import { KUBERNETES } from './kubernetes-versions.ts';

/** Kinds that the chart and its examples may ever render. All of them live in a namespace. */
const KINDS = [
  'Certificate',
  'ConfigMap',
  'Deployment',
  'NetworkPolicy',
  'Pod',
  'PodDisruptionBudget',
  'PodMonitor',
  'PrometheusRule',
  'Service',
  'ServiceAccount',
  'ServiceMonitor',
];
/** Of the Prometheus operator and of cert-manager. */
const OF_OTHERS = ['monitoring.coreos.com/v1', 'cert-manager.io/v1'];

const GOLDEN = 'test/ops/chart/golden/default.yaml';

describe('every rendering', await needPeers('helm4', 'helm3', 'kubernetesValidate'), () => {
  for (const { title, release } of CASES) {
    describe(`with ${title}`, () => {
      for (const which of HELMS) {
        test(`is fine for the linter of ${which}`, () => {
          const files = (release.files ?? []).flatMap((file) => ['--values', file]);
          const values = release.values === undefined ? [] : ['--set-json', ...assignments(release.values)];
          assert.match(helm(['lint', '--strict', CHART, ...files, ...values], which), /0 chart\(s\) failed/);
        });
      }

      test('is the same by both Helms', () => {
        assert.deepEqual(render({ helm: 'helm3', ...release }), render({ helm: 'helm4', ...release }));
      });

      test('has only objects that live in the namespace of the release, each once', () => {
        const objects = render({ ...release, namespace: 'payments' });
        assert.deepEqual(
          objects.filter(({ kind }) => !KINDS.includes(kind)).map(({ kind }) => kind),
          [],
        );
        assert.deepEqual(objects.filter(({ metadata }) => metadata.namespace !== 'payments').map(identity), []);
        assert.deepEqual(duplicates(objects.map(identity)), []);
      });

      for (const version of KUBERNETES) {
        test(`is valid for Kubernetes ${version}`, () => {
          const objects = render(release).filter(({ apiVersion }) => !OF_OTHERS.includes(apiVersion));
          assert.equal(objects.length > 5, true);
          judge(objects, version);
        });
      }

      test('uses of what others define only fields that there are', () => {
        const objects = render(release).filter(({ apiVersion }) => OF_OTHERS.includes(apiVersion));
        assert.deepEqual(objects.flatMap(unknownFields), []);
      });
    });
  }

  test('releases never meet, with everything on: neither in two namespaces nor in one, however they are called', () => {
    const long = 'a'.repeat(50);
    const names = [
      'footbridge',
      'second',
      'second-footbridge',
      'footbridge-test',
      'metrics',
      '1team',
      'r-1team',
      'a.b',
      'a-b',
      `${long}-b`,
      `${long}-c`,
    ];
    const places = names.flatMap((name) => [
      { name, namespace: 'payments' },
      { name, namespace: 'orders' },
    ]);
    const objects = places.flatMap((place) => render({ ...EVERYTHING.release, ...place }));
    const all = objects.map(identity);
    assert.equal(all.length > places.length * 10, true);
    assert.deepEqual(duplicates(all), []);
    const services = objects.filter(({ kind }) => kind === 'Service').map(({ metadata }) => metadata.name);
    for (const name of services) assert.match(name, /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])$/);
  });

  test('with the defaults is the one that was last looked at (UPDATE_GOLDEN=1 writes it anew)', () => {
    const text = template({ files: [MINIMAL], helm: 'helm4' });
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(GOLDEN, text);
    assert.equal(text, readFileSync(GOLDEN, 'utf8'));
  });

  test('is refused for a Kubernetes older than the oldest that is tested', () => {
    const [oldest] = KUBERNETES;
    const older = oldest.replace(/\d+\.\d+$/, (tail) => `${Number.parseInt(tail, 10) - 1}.9`);
    assert.throws(() => template({ files: [MINIMAL], more: ['--kube-version', older] }), /kubeVersion: >=1\.30\.0-0/);
    assert.match(template({ files: [MINIMAL], more: ['--kube-version', oldest] }), /kind: Deployment/);
  });

  test('the schemas of Kubernetes find a field that does not exist', () => {
    const [first] = render({ files: [MINIMAL] });
    assert.throws(() => judge([{ ...first, sepc: {} } as Rendered], '1.37.0'), /sepc/);
  });
});

function assignments(values: unknown): readonly string[] {
  return [
    Object.entries(values as Record<string, unknown>)
      .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
      .join(','),
  ];
}

function identity({ kind, metadata }: Rendered): string {
  return `${kind} ${metadata.namespace}/${metadata.name}`;
}

function duplicates(names: readonly string[]): readonly string[] {
  return names.filter((name, index) => names.indexOf(name) !== index);
}

/** Throws with what the schemas of that version object to. */
function judge(objects: readonly Rendered[], version: string): void {
  const args = ['-m', 'kubernetes_validate', '--strict', '--quiet', '-k', version, '-'];
  const input = objects.map((object) => `---\n${JSON.stringify(object)}\n`).join('');
  const done = spawnSync(peerPath('kubernetesValidate'), args, { input, encoding: 'utf8' });
  if (done.status !== 0 || done.stdout.includes('WARN') || done.stderr.includes('WARN')) {
    throw new Error(`${done.stdout}${done.stderr}`);
  }
}
