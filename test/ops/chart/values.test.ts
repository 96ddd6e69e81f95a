// Every value does something: another one changes what is installed, or what NOTES.txt says.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type ChartValue, readValues } from '../../../tools/chart/read-values.ts';
import { needPeers } from '../../peers/build/peers.ts';
import { EVERYTHING, MINIMAL, WITH_POD_MONITOR } from './cases.ts';
import { CHART, install, type Release, template } from './helm.ts';

/** Another value than the one that "everything" has, where its type does not give one. */
const OTHERS: Readonly<Record<string, unknown>> = {
  registries: { second: { kind: 'eureka', urls: ['http://eureka:8761/eureka'] } },
  exportTo: ['*'],
  config: { owner: { team: 'orders' } },
  'image.digest': `sha256:${'0b'.repeat(32)}`,
  'monitoring.serviceMonitor.interval': '7s',
  'monitoring.serviceMonitor.scrapeTimeout': '7s',
  'monitoring.podMonitor.interval': '7s',
  'monitoring.podMonitor.scrapeTimeout': '7s',
  'monitoring.prometheusRule.disabled': ['FootbridgeAbsent'],
  'monitoring.prometheusRule.severityLabels': { critical: { page: 'yes' } },
  'monitoring.prometheusRule.thresholds.propagationObjectivePercent': 95,
  'tls.mode': 'tls',
  'tls.minVersion': '1.2',
  resources: { limits: { memory: '2Gi' } },
  podSecurityContext: { fsGroup: 7 },
  securityContext: { privileged: false },
  affinity: { podAffinity: {} },
  podSpecOverrides: { hostNetwork: true },
};

const NOBODY = { allow: [], deny: [] };

/** What must hold beside, both before and after, for a value to show. */
const BESIDE: Readonly<Record<string, unknown>> = {
  'image.tag': { image: { digest: '' } },
  'tls.mode': { accessList: NOBODY },
  'tls.existingSecret.caKey': { tls: { existingSecret: { caKey: 'ca.crt' }, existingConfigMap: { name: '' } } },
  'accessList.existingConfigMap.name': { accessList: NOBODY },
  'accessList.existingConfigMap.key': { accessList: { ...NOBODY, existingConfigMap: { name: 'clients' } } },
  'persistence.existingClaim': { replicaCount: 1, rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
  'monitoring.job': { monitoring: { serviceMonitor: { enabled: false }, prometheusRule: { enabled: false } } },
  'monitoring.serviceMonitor.enabled': { monitoring: { prometheusRule: { enabled: false } } },
  'monitoring.podMonitor.enabled': { monitoring: { prometheusRule: { enabled: false } } },
};

describe('every value does something', await needPeers('helm4'), () => {
  const values = readValues(readFileSync(`${CHART}/values.yaml`, 'utf8'));
  test('and there are values', () => assert.equal(values.length > 50, true));

  test('and templates use no value that is not declared', () => {
    const declared = values.map(({ path }) => path.join('.'));
    const used = templates().flatMap((text) =>
      [...text.matchAll(/\.Values\.([A-Za-z.]*[A-Za-z])/g)].map(([, path = '']) => path),
    );
    assert.equal(used.length > 50, true);
    const unknown = used.filter((path) => !declared.some((known) => isWithin(path, known) || isWithin(known, path)));
    assert.deepEqual(unknown, []);
  });

  for (const value of values) {
    const path = value.path.join('.');
    test(path, () => {
      const base = path.startsWith('monitoring.podMonitor') ? WITH_POD_MONITOR : EVERYTHING;
      const before = merged(base.release.values, BESIDE[path] ?? {});
      const after = merged(
        before,
        nested(value.path, path in OTHERS ? OTHERS[path] : other(value, at(before, value.path))),
      );
      assert.notEqual(install({ values: after }), install({ values: before }));
    });
  }
});

describe('a key with nothing behind it', await needPeers('helm4'), () => {
  const values = readValues(readFileSync(`${CHART}/values.yaml`, 'utf8'));
  const places = values.flatMap(({ path }) => path.map((_, index) => path.slice(0, index + 1).join('.')));

  for (const place of new Set(places)) {
    test(`is taken as empty, or refused with a sentence: ${place}`, () => {
      const base = place.startsWith('monitoring.podMonitor') ? WITH_POD_MONITOR : EVERYTHING;
      const release = { values: merged(base.release.values, nested(place.split('.'), null)) };
      for (const more of [[], ['--skip-schema-validation']]) {
        assert.match(answer({ ...release, more }), /kind: Deployment|These values cannot work|meet the specifications/);
      }
    });
  }

  const needed = values.filter(
    ({ default: declared }) => typeof declared === 'number' || (typeof declared === 'string' && declared !== ''),
  );
  for (const { path } of needed) {
    test(`is refused where the default was a number or a word: ${path.join('.')}`, () => {
      const said = answer({ files: [MINIMAL], values: nested(path, null) });
      assert.match(said, new RegExp(`- ${path.join('\\.')}: has nothing behind it`));
    });
  }

  test('is refused where the chart cannot do without, all at once', () => {
    const said = answer({ values: merged(EVERYTHING.release.values, { monitoring: null, replicaCount: null }) });
    assert.match(
      said,
      /- monitoring: has nothing behind it, which removes its default: give it a value, or leave it out/,
    );
    assert.match(said, /- replicaCount: has nothing behind it/);
  });
});

/** What Helm renders, or what it says instead. */
function answer(release: Release): string {
  try {
    return template(release);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function templates(): readonly string[] {
  const folder = `${CHART}/templates`;
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.\w+$/.test(name));
  return names.map((name) => readFileSync(join(folder, name), 'utf8'));
}

function isWithin(path: string, section: string): boolean {
  return path === section || path.startsWith(`${section}.`);
}

/** Something else of the same type. */
function other({ path, hint, default: declared }: ChartValue, current: unknown): unknown {
  const now = current ?? declared;
  const words = hint.keywords['enum'];
  if (Array.isArray(words)) return words.find((word) => word !== now);
  if (typeof now === 'boolean') return !now;
  if (typeof now === 'number') return now + 1;
  if (typeof now === 'string') return /^\d+(?:ms|s|m|h)$/.test(now) ? '77m' : `${now}x`.replace(/^x$/, 'other');
  if (Array.isArray(now)) return [];
  if (hint.values !== undefined) return { other: 'a' };
  throw new Error(`say in OTHERS what else ${path.join('.')} could be`);
}

type Mapping = Readonly<Record<string, unknown>>;

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** As Helm lays one values file over another. */
function merged(below: unknown, above: unknown): unknown {
  if (!isMapping(below) || !isMapping(above)) return above;
  const laid = Object.entries(above).map(([key, value]) => [key, merged(below[key], value)]);
  return { ...below, ...Object.fromEntries(laid) };
}

function nested(path: readonly string[], value: unknown): unknown {
  return path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((found, key) => (isMapping(found) ? found[key] : undefined), value);
}
