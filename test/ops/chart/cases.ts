// What the chart is rendered with in every test that holds for all of it: the overlays that it ships, the examples, and
// everything that can be turned on.
import { readdirSync } from 'node:fs';
import { CHART, type Release } from './helm.ts';

export const MINIMAL = `${CHART}/values-minimal.yaml`;

/** Every optional object and every kind of reference. Only one monitor can be on. */
function everything(monitor: 'serviceMonitor' | 'podMonitor'): Readonly<Record<string, unknown>> {
  return {
    image: {
      repository: 'images.example.com/footbridge',
      digest: `sha256:${'0a'.repeat(32)}`,
      pullSecrets: [{ name: 'pull' }],
    },
    namespace: 'orders',
    instance: 'orders-bridge',
    registries: {
      legacy: {
        kind: 'eureka',
        urls: ['https://eureka.example.com/eureka', 'http://eureka.example.com:8761/eureka'],
        auth: {
          username: 'orders',
          existingSecret: {
            name: 'eureka',
            passwordKey: 'password',
            headerKeys: { 'X-Tenant': 'tenant', 'X-Api-Key': 'api-key' },
          },
        },
        tls: {
          serverName: 'eureka.internal',
          existingSecret: { name: 'eureka-client', certificateKey: 'tls.crt', keyKey: 'tls.key' },
          existingConfigMap: { name: 'company-ca', caKey: 'ca.crt' },
        },
      },
      rpc: {
        kind: 'dubbo',
        servers: ['zookeeper.example.com', 'zookeeper.example.com:2281'],
        auth: { scheme: 'digest', username: 'orders', existingSecret: { name: 'zookeeper', passwordKey: 'orders' } },
        tls: { enabled: true, existingSecret: { name: 'zookeeper-ca', caKey: 'ca.crt' } },
      },
      boot: { kind: 'spring-cloud-zookeeper', servers: ['zookeeper.example.com:2181'] },
      machines: { kind: 'file', existingConfigMap: { name: 'machines', key: 'services.yaml' } },
    },
    exportTo: ['shop', 'istio-ingress'],
    config: { shutdown: { deadline: '1500ms', drainDelay: '1s', stagger: '0s' }, log: { level: 'debug' } },
    bindAddress: '::',
    tls: {
      mode: 'mtls',
      existingSecret: { name: 'bridge', certificateKey: 'chain.pem', keyKey: 'key.pem' },
      existingConfigMap: { name: 'clients', caKey: 'bundle.pem' },
      minVersion: '1.3',
      port: 9912,
      plaintextPort: 9904,
    },
    accessList: { allow: ['spiffe://mesh.example/ns/*/sa/pilot', '*.clients.example'], deny: ['old.clients.example'] },
    admin: { existingSecret: { name: 'bridge-admin', tokenKey: 'release' } },
    seeding: { existingSecret: { name: 'bridge-replicas', tokenKey: 'seed' } },
    service: { annotations: { 'example.com/owner': 'orders' } },
    networkPolicy: {
      registries: [{ ipBlock: { cidr: '10.20.0.0/24' } }],
      extraIngress: [{ from: [{ podSelector: {} }], ports: [{ port: 9903 }] }],
      extraEgress: [{ to: [{ ipBlock: { cidr: '10.30.0.0/24' } }], ports: [{ port: 443 }] }],
    },
    monitoring: {
      [monitor]: { enabled: true, labels: { release: 'prometheus' }, interval: '15s', scrapeTimeout: '10s' },
      prometheusRule: { enabled: true, labels: { release: 'prometheus' } },
      dashboards: { enabled: true, annotations: { 'example.com/folder': 'mesh' } },
    },
    serviceAccount: { annotations: { 'example.com/role': 'none' } },
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    tolerations: [{ key: 'infra', operator: 'Exists' }],
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: 'example.com/pool', operator: 'Exists' }] }],
        },
      },
    },
    priorityClassName: 'system-cluster-critical',
    commonLabels: { 'example.com/team': 'mesh' },
    podLabels: { 'example.com/tier': 'control' },
    podAnnotations: { 'example.com/log': 'json' },
    extraEnv: [{ name: 'NODE_OPTIONS', value: '--max-old-space-size=384' }],
    extraVolumes: [{ name: 'scratch', emptyDir: {} }],
    extraVolumeMounts: [{ name: 'scratch', mountPath: '/scratch' }],
    podSpecOverrides: { hostAliases: [{ ip: '10.20.0.9', hostnames: ['eureka.example.com'] }] },
    extraManifests: [
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: '{{ .Release.Name }}-more', namespace: '{{ .Release.Namespace }}' },
      },
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "{{ .Release.Name }}-text", namespace: "{{ .Release.Namespace }}"}\n',
    ],
  };
}

export interface Case {
  readonly title: string;
  readonly release: Pick<Release, 'files' | 'values'>;
}

const examples = readdirSync('examples').filter((name) => name.startsWith('chart-'));

export const EVERYTHING: Case = {
  title: 'everything, with a ServiceMonitor',
  release: { values: everything('serviceMonitor') },
};

export const WITH_POD_MONITOR: Case = {
  title: 'everything, with a PodMonitor',
  release: { values: everything('podMonitor') },
};

export const CASES: readonly Case[] = [
  { title: 'the defaults', release: { files: [MINIMAL] } },
  { title: 'values-production.yaml', release: { files: [MINIMAL, `${CHART}/values-production.yaml`] } },
  ...examples.map((name) => ({ title: `examples/${name}`, release: { files: [`examples/${name}/values.yaml`] } })),
  EVERYTHING,
  WITH_POD_MONITOR,
];
