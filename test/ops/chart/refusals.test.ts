// What cannot work is refused in words: with the schema, and where the schema is skipped. What is misspelt is the schema's alone.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { needPeers } from '../../peers/build/peers.ts';
import { MINIMAL } from './cases.ts';
import { HELMS, refusal, template } from './helm.ts';

interface Refused {
  readonly because: string;
  readonly values: unknown;
  /** Laid over nothing instead of the smallest values. */
  readonly alone?: true;
  /** What the template says. */
  readonly sentence: string;
  /** What the schema says first, by Helm 4 and Helm 3; undefined: it has no objection, and the sentence is what one reads. */
  readonly schema?: readonly [string, string];
}

const IMAGE = { repository: 'images.example.com/footbridge' };
const SECRET = { existingSecret: { name: 'bridge' } };
const MTLS = { mode: 'mtls', existingSecret: { name: 'bridge', caKey: 'ca.crt' } };
const eureka = (changes: Readonly<Record<string, unknown>>) => ({ registries: { legacy: changes } });

const REFUSED: readonly Refused[] = [
  {
    because: 'nothing is read',
    alone: true,
    values: { image: IMAGE },
    sentence:
      'registries: is required: name at least one to read, for example `registries: {legacy: {kind: eureka, urls: [http://eureka:8761/eureka]}}`',
    schema: ["missing property 'registries'", 'registries is required'],
  },
  {
    because: 'there is no image',
    alone: true,
    values: eureka({ kind: 'eureka', urls: ['http://eureka:8761/eureka'] }),
    sentence:
      'image.repository: is required: say where you pushed the image that the Dockerfile builds, for example `images.example.com/footbridge`',
    schema: ["at '/image': missing property 'repository'", 'image: repository is required'],
  },
  {
    because: 'a registry is of no known kind',
    values: { registries: { other: { kind: 'consul' } } },
    sentence: 'registries.other.kind: must be eureka, dubbo, spring-cloud-zookeeper or file',
    schema: [
      "at '/registries/other/kind': value must be one of 'eureka', 'dubbo', 'spring-cloud-zookeeper', 'file'",
      'registries.other.kind must be one of the following',
    ],
  },
  {
    because: 'the state file is named, and the chart names it',
    values: { config: { state: { file: '/data/state.json' } } },
    sentence:
      'config.state.file: is set by the chart, which mounts a volume there: remove it, or turn `persistence.enabled` off and mount one of your own with `extraVolumes`',
  },
  {
    because: 'the token of the admin port is named twice',
    values: { admin: { existingSecret: { name: 'bridge-admin' } }, config: { admin: { tokenFile: '/mine/token' } } },
    sentence:
      'config.admin.tokenFile: is set by the chart, which mounts the Secret of `admin.existingSecret`: keep one of the two',
  },
  {
    because: 'what the replicas show each other is named twice',
    values: {
      seeding: { existingSecret: { name: 'bridge-replicas' } },
      config: { replicas: { service: 'mine.payments.svc', tokenFile: '/mine/token' } },
    },
    sentence:
      'config.replicas: is set by the chart, which mounts the Secret of `seeding.existingSecret`: keep one of the two',
  },
  {
    because: 'two pods would write one file',
    values: { persistence: { existingClaim: 'state' }, rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
    sentence:
      'persistence.existingClaim: no two pods may write one file: leave it empty, so that each has a volume of its own, or set `replicaCount: 1`',
  },
  {
    because: 'the pod of an update would wait for a volume for ever',
    values: { persistence: { existingClaim: 'state' }, replicaCount: 1 },
    sentence:
      'persistence.existingClaim: the pod of an update would wait for the volume that the old pod has: set `rollingUpdate: {maxUnavailable: 1, maxSurge: 0}`, and know that no istiod can start meanwhile',
  },
  {
    because: 'a claim is named for what is not kept',
    values: { persistence: { enabled: false, existingClaim: 'state' } },
    sentence: 'persistence.existingClaim: is named, and `persistence.enabled` is off: turn it on, or remove the claim',
  },
  {
    because: 'a registry has a name that no host can hold',
    values: { registries: { 'Legacy-1': { kind: 'eureka', urls: ['http://eureka:8761/eureka'] } } },
    sentence:
      'registries.Legacy-1: a registry is named by 1 to 15 lower-case letters and digits, because its name is part of hosts and metrics',
    schema: [
      "at '/registries': additional properties 'Legacy-1' not allowed",
      'Additional property Legacy-1 is not allowed',
    ],
  },
  {
    because: 'a registry is no mapping',
    values: { registries: { other: 'http://eureka:8761/eureka' } },
    sentence: 'registries.other: must be a mapping that says its `kind`',
    schema: ["at '/registries/other': got string, want object", 'registries.other: Invalid type'],
  },
  {
    because: 'an interval has no unit',
    values: { registries: { other: { kind: 'eureka', urls: ['http://eureka:8761/eureka'], pollInterval: 30 } } },
    sentence: 'registries.other.pollInterval: must be a text, as in `registries.other.pollInterval: 30s`',
    schema: [
      "at '/registries/other/pollInterval': got number, want string",
      'registries.other.pollInterval: Invalid type',
    ],
  },
  {
    because: 'the namespace is a number',
    values: { namespace: 5 },
    sentence: 'namespace: must be a text, as in `namespace: payments`',
    schema: ["at '/namespace': got number, want string", 'namespace: Invalid type'],
  },
  {
    because: 'entries are exported to nobody',
    values: { exportTo: [] },
    sentence: 'exportTo: must not be empty, which Istio takes for the whole mesh: write `[.]`',
  },
  {
    because: 'entries are exported to all and to some',
    values: { exportTo: ['*', 'istio-ingress'] },
    sentence: 'exportTo: must have `*` alone, or not at all',
  },
  {
    because: 'entries are exported twice to their own namespace',
    values: { namespace: 'shop', exportTo: ['.', 'shop'] },
    sentence: 'exportTo: names both `.` and `shop`, which are the same: keep one of them',
  },
  {
    because: 'a host names a registry that is none',
    values: { config: { hosts: { 'invoices.example.com': ['nowhere/INVOICE'] } } },
    sentence: 'config.hosts: `invoices.example.com` names the registry `nowhere`, but the registries are: legacy',
  },
  {
    because: 'Eureka has no server',
    values: { registries: { other: { kind: 'eureka' } } },
    sentence: 'registries.other.urls: name at least one Eureka server, for example `[http://eureka:8761/eureka]`',
  },
  {
    because: 'ZooKeeper has no server',
    values: { registries: { other: { kind: 'dubbo' } } },
    sentence: 'registries.other.servers: name at least one ZooKeeper server, for example `[zookeeper:2181]`',
  },
  {
    because: 'a file comes from nowhere',
    values: { registries: { other: { kind: 'file' } } },
    sentence:
      'registries.other.existingConfigMap: name the ConfigMap that holds the file and its key, for example `{name: payments-services, key: services.yaml}`',
  },
  {
    because: 'a file is named by its path',
    values: { registries: { other: { kind: 'file', path: '/services.yaml' } } },
    sentence:
      'registries.other.path: is set by the chart: name the ConfigMap that holds the file in `registries.other.existingConfigMap: {name: …, key: …}`',
    schema: ["additional properties 'path' not allowed", 'Additional property path is not allowed'],
  },
  {
    because: 'a password stands in the values',
    values: eureka({ auth: { username: 'payments', password: 'canary' } }),
    sentence:
      'registries.legacy.auth.password: no password belongs in values: name the Secret that holds it in `registries.legacy.auth.existingSecret: {name: …, passwordKey: …}`',
    schema: [
      "at '/registries/legacy/auth': additional properties 'password' not allowed",
      'Additional property password is not allowed',
    ],
  },
  {
    because: 'a credential is named as a file',
    values: eureka({ auth: { tokenFile: '/run/token' } }),
    sentence:
      'registries.legacy.auth.tokenFile: is set by the chart: name the Secret that holds it, and its key, in `registries.legacy.auth.existingSecret: {name: …, tokenKey: …}`',
    schema: ["additional properties 'tokenFile' not allowed", 'Additional property tokenFile is not allowed'],
  },
  {
    because: 'a Secret is named without a key',
    values: eureka({ auth: { existingSecret: { name: 'eureka' } } }),
    sentence: 'registries.legacy.auth.existingSecret: needs a `name` and at least one key',
    schema: ['minProperties: got 1, want 2', 'Must have at least 2 properties'],
  },
  {
    because: 'the CA is named twice',
    values: eureka({
      tls: { existingSecret: { name: 'a', caKey: 'ca' }, existingConfigMap: { name: 'b', caKey: 'ca' } },
    }),
    sentence:
      'registries.legacy.tls: the CA is named twice: keep `caKey` in one of existingSecret and existingConfigMap',
  },
  {
    because: 'a key with a value of its own stands in config',
    values: { config: { namespace: 'orders' } },
    sentence: 'config.namespace: has a value of its own: set `namespace` instead',
    schema: [
      "at '/config': additional properties 'namespace' not allowed",
      'Additional property namespace is not allowed',
    ],
  },
  {
    because: 'a port is changed in config',
    values: { config: { serve: { port: 9999 } } },
    sentence:
      'config.serve.port: is set by the chart, because probes, Service and policies rely on it (`bindAddress` chooses between IPv4 and IPv6)',
    schema: ["at '/config/serve': additional properties 'port' not allowed", 'Additional property port is not allowed'],
  },
  ...['tls', 'plaintextPort', 'accessListFile'].map(
    (key): Refused => ({
      because: `config.serve has ${key}, which is the chart’s`,
      values: { config: { serve: { [key]: key === 'tls' ? { mode: 'tls' } : 9904 } } },
      sentence: `config.serve.${key}: has a value of its own, which brings the files and the ports along: set \`${
        key === 'accessListFile' ? 'accessList' : key.replace('plaintextPort', 'tls.plaintextPort')
      }\` instead`,
      schema: [
        `at '/config/serve': additional properties '${key}' not allowed`,
        `Additional property ${key} is not allowed`,
      ],
    }),
  ),
  {
    because: 'the mode of TLS is that of istiod',
    values: { tls: { ...SECRET, mode: 'SIMPLE' } },
    sentence: 'tls.mode: `SIMPLE` is no way to serve: must be off, tls or mtls',
    schema: ["at '/tls/mode': value must be one of", 'tls.mode must be one of the following'],
  },
  {
    because: 'there is TLS, but no certificate',
    values: { tls: { mode: 'tls' } },
    sentence:
      'tls.existingSecret.name: `tls.mode` is `tls`: name the Secret that holds the certificate and its key, of type kubernetes.io/tls as cert-manager makes it',
  },
  {
    because: 'clients must show a certificate, but nobody says of whom',
    values: { tls: { ...SECRET, mode: 'mtls' } },
    sentence:
      'tls.existingSecret.caKey: `tls.mode` is `mtls`: say where the CA stands that signs clients: here (`ca.crt` where cert-manager made the Secret), or in `tls.existingConfigMap: {name: …, caKey: …}`',
  },
  {
    because: 'the CA of clients is named twice',
    values: { tls: { ...MTLS, existingConfigMap: { name: 'trust' } } },
    sentence: 'tls: the CA is named twice: keep one of existingSecret.caKey and existingConfigMap',
  },
  {
    because: 'the oldest version of TLS is too old',
    values: { tls: { minVersion: '1.1' } },
    sentence: 'tls.minVersion: `1.1` is no version of TLS that is spoken: must be 1.2 or 1.3',
    schema: ["at '/tls/minVersion': '1.1' does not match pattern", 'tls.minVersion: Does not match pattern'],
  },
  {
    because: 'there is a second port in plaintext beside one in plaintext',
    values: { tls: { plaintextPort: 9904 } },
    sentence: 'tls.plaintextPort: is for beside TLS: with `tls.mode: off`, port 9902 is in plaintext already',
  },
  {
    because: 'there is a port for TLS, but no TLS',
    values: { tls: { port: 9904 } },
    sentence: 'tls.port: is that with TLS: with `tls.mode: off`, port 9902 is served, in plaintext',
  },
  {
    because: 'one port would speak TLS and plaintext',
    values: { tls: { ...SECRET, mode: 'tls', plaintextPort: 9902 } },
    sentence: 'tls.plaintextPort: 9902 is `tls.port`, which speaks TLS: choose another one for one of them',
  },
  {
    because: 'plaintext would stand at the admin port',
    values: { tls: { ...SECRET, mode: 'tls', plaintextPort: 9903 } },
    sentence: 'tls.plaintextPort: 9903 is the admin port: choose another one',
  },
  {
    because: 'TLS would stand at the admin port',
    values: { tls: { ...SECRET, mode: 'tls', port: 9903 } },
    sentence: 'tls.port: 9903 is the admin port: choose another one',
  },
  {
    because: 'there is no such port',
    values: { tls: { ...SECRET, mode: 'tls', plaintextPort: 99999 } },
    sentence: 'tls.plaintextPort: 99999 is no port: from 1 to 65535',
    schema: ["at '/tls/plaintextPort': maximum: got 99,999, want 65,535", 'tls.plaintextPort: Must be less than'],
  },
  {
    because: 'there is an access list, but nobody shows a certificate',
    values: { tls: { ...SECRET, mode: 'tls' }, accessList: { allow: ['a.example'] } },
    sentence:
      'accessList: needs `tls.mode: mtls`: without it no client shows the certificate whose names the list is about',
  },
  {
    because: 'there is an access list of others, but nobody shows a certificate',
    values: { accessList: { existingConfigMap: { name: 'theirs' } } },
    sentence: 'accessList: needs `tls.mode: mtls`',
  },
  {
    because: 'the access list is given twice',
    values: { tls: MTLS, accessList: { deny: ['a.example'], existingConfigMap: { name: 'theirs' } } },
    sentence: 'accessList: is given twice: keep one of existingConfigMap and the names in `allow` and `deny`',
  },
  {
    because: 'the access list has what no certificate has',
    values: { tls: MTLS, accessList: { allow: ['CN=pilot, O=mesh'] } },
    sentence: 'accessList.allow: `CN=pilot, O=mesh` is neither a SPIFFE URI (`spiffe://…`) nor a DNS name',
    schema: [
      "at '/accessList/allow/0': 'CN=pilot, O=mesh' does not match pattern",
      'accessList.allow.0: Does not match',
    ],
  },
  {
    because: 'the deadline has no unit',
    values: { config: { shutdown: { deadline: '25' } } },
    sentence: 'config.shutdown.deadline: `25` is no duration such as `25s`',
    schema: [
      "at '/config/shutdown/deadline': '25' does not match pattern",
      'config.shutdown.deadline: Does not match pattern',
    ],
  },
  {
    because: 'the namespace is none',
    values: { namespace: 'Orders' },
    sentence: 'namespace: `Orders` is no name of a namespace: lower-case letters, digits and inner hyphens, at most 63',
    schema: ["at '/namespace': 'Orders' does not match pattern", 'namespace: Does not match pattern'],
  },
  {
    because: 'the instance has a dot',
    values: { instance: 'orders.bridge' },
    sentence:
      'instance: `orders.bridge` cannot be part of resource names: lower-case letters, digits and inner hyphens, at most 30',
    schema: ["at '/instance': 'orders.bridge' does not match pattern", 'instance: Does not match pattern'],
  },
  {
    because: 'nobody could reach the pod',
    values: { bindAddress: '127.0.0.1' },
    sentence:
      'bindAddress: at `127.0.0.1` neither istiod nor the probes would reach the pod: use `0.0.0.0`, or `::` where pods have IPv6 addresses',
    schema: ["at '/bindAddress': value must be one of '0.0.0.0', '::'", 'bindAddress must be one of the following'],
  },
  {
    because: 'two monitors are on',
    values: { monitoring: { serviceMonitor: { enabled: true }, podMonitor: { enabled: true } } },
    sentence:
      'monitoring: serviceMonitor and podMonitor are both on, and every pod would be scraped twice: turn one off',
  },
  {
    because: 'alerts would select nothing',
    values: { monitoring: { prometheusRule: { enabled: true } } },
    sentence:
      'monitoring.prometheusRule: alerts select this release by its job label: turn serviceMonitor or podMonitor on, or say in `monitoring.job` what your own scrape configuration calls it',
  },
  {
    because: 'the job is named although a monitor decides it',
    values: { monitoring: { job: 'mine', podMonitor: { enabled: true } } },
    sentence: 'monitoring.job: the monitor decides the job label: remove it, or turn the monitor off',
  },
  {
    because: 'there is no pod',
    values: { replicaCount: 0 },
    sentence: 'replicaCount: istiod does not start while a listed source has no pod: at least 1, better 2',
    schema: ["at '/replicaCount': minimum: got 0, want 1", 'replicaCount: Must be greater than or equal to 1'],
  },
  {
    because: 'no pod could ever be replaced',
    values: { rollingUpdate: { maxUnavailable: 0, maxSurge: '0%' } },
    sentence: 'rollingUpdate: maxUnavailable and maxSurge are both 0, so no pod could ever be replaced: raise one',
  },
  {
    because: 'the memory limit has a unit that there is not',
    values: { resources: { limits: { memory: '512MB' } } },
    sentence: 'resources.limits.memory: `512MB` is no amount of memory such as `512Mi`',
  },
  {
    because: 'a password stands in the address of Eureka',
    values: eureka({ urls: ['http://payments:canary@eureka:8761/eureka'] }),
    sentence:
      'registries.legacy.urls: no user and no password belongs in an address, which everybody can read in the ConfigMap: name the Secret that holds it in `registries.legacy.auth.existingSecret: {name: …, passwordKey: …}`',
    schema: ["at '/registries/legacy/urls/0'", 'registries.legacy.urls.0: '],
  },
  {
    because: 'a password stands in the address of ZooKeeper',
    values: { registries: { other: { kind: 'dubbo', servers: ['payments:canary@zookeeper:2181'] } } },
    sentence: 'registries.other.servers: no user and no password belongs in an address',
    schema: ["at '/registries/other/servers/0'", 'registries.other.servers.0: '],
  },
  {
    because: 'ZooKeeper has an IPv6 address, whose last group would be taken for a port',
    values: { registries: { other: { kind: 'dubbo', servers: ['2001:db8::2'] } } },
    sentence:
      'registries.other.servers: must not hold an IPv6 address, which the ZooKeeper client cannot connect to: use a host name',
    schema: ["at '/registries/other/servers/0'", 'registries.other.servers.0: '],
  },
  {
    because: 'the checksum is annotated',
    values: { podAnnotations: { 'checksum/config': 'x' } },
    sentence:
      'podAnnotations: `checksum/config` is set by the chart: by it the pods are replaced when the configuration changes',
  },
  {
    because: 'a sidecar is asked for',
    values: { podLabels: { 'sidecar.istio.io/inject': 'true' } },
    sentence:
      'podLabels: `sidecar.istio.io/inject` is set by the chart: selectors need it, or keep the pods out of a mesh that waits for them',
  },
  {
    because: 'a variable overrides the configuration',
    values: { extraEnv: [{ name: 'FOOTBRIDGE_EXPORT_TO', value: '*' }] },
    sentence:
      'extraEnv: `FOOTBRIDGE_EXPORT_TO` would override the configuration where nobody looks: set the key in `config`',
  },
];

/** Mappings and lists: what stands in their place is refused, without being shown. */
const MISPLACED: readonly (readonly [path: string, values: unknown, wanted: string])[] = [
  ['registries', { registries: [{ kind: 'eureka' }] }, 'mapping'],
  ['registries.legacy.auth', eureka({ auth: 'canary' }), 'mapping'],
  ['registries.legacy.auth.existingSecret', eureka({ auth: { existingSecret: 'canary' } }), 'mapping'],
  ['registries.legacy.tls.existingConfigMap', eureka({ tls: { existingConfigMap: ['canary'] } }), 'mapping'],
  ['registries.legacy.existingConfigMap', eureka({ existingConfigMap: 'canary' }), 'mapping'],
  ['registries.legacy.scope', eureka({ scope: ['canary'] }), 'mapping'],
  ['registries.legacy.urls', eureka({ urls: 'http://canary' }), 'list of texts'],
  ['registries.legacy.urls', eureka({ urls: [{ canary: 1 }] }), 'list of texts'],
  ['config', { config: 'canary' }, 'mapping'],
  ['config.shutdown', { config: { shutdown: 'canary' } }, 'mapping'],
  ['exportTo', { exportTo: 'canary' }, 'list'],
  ['tls', { tls: 'canary' }, 'mapping'],
  ['tls.existingSecret', { tls: { existingSecret: 'canary' } }, 'mapping'],
  ['tls.existingSecret.name', { tls: { existingSecret: { name: ['canary'] } } }, 'text'],
  ['accessList', { accessList: ['canary'] }, 'mapping'],
  ['accessList.allow', { accessList: { allow: 'canary' } }, 'list of texts'],
  ['image', { image: 'canary' }, 'mapping'],
  ['resources.limits', { resources: { limits: 'canary' } }, 'mapping'],
  ['podAnnotations', { podAnnotations: ['canary'] }, 'mapping'],
  ['monitoring.podMonitor', { monitoring: { podMonitor: true } }, 'mapping'],
  ['extraEnv', { extraEnv: ['canary'] }, 'list of mappings'],
  ['topologySpreadConstraints', { topologySpreadConstraints: { canary: 1 } }, 'list of mappings'],
];

const MISSPELT: readonly (readonly [what: string, values: unknown, helm4: string, helm3: string])[] = [
  [
    'a value',
    { replicas: 3 },
    "additional properties 'replicas' not allowed",
    'Additional property replicas is not allowed',
  ],
  [
    'a value in a section',
    { image: { tags: 'v1' } },
    "at '/image': additional properties 'tags' not allowed",
    'image: Additional property tags is not allowed',
  ],
  [
    'a key of a registry',
    eureka({ url: 'x' }),
    "at '/registries/legacy': additional properties 'url' not allowed",
    'registries.legacy: Additional property url is not allowed',
  ],
  [
    'a key of the configuration',
    { config: { guard: { grace: '5m' } } },
    "at '/config/guard': additional properties 'grace' not allowed",
    'config.guard: Additional property grace is not allowed',
  ],
  [
    'a duration',
    { config: { guard: { emptyGrace: '5' } } },
    "at '/config/guard/emptyGrace': '5' does not match pattern",
    'config.guard.emptyGrace: Does not match pattern',
  ],
  ['a type', { replicaCount: 'two' }, "at '/replicaCount': got string, want integer", 'replicaCount: Invalid type'],
];

describe('values that cannot work', await needPeers('helm4', 'helm3'), () => {
  for (const { because, values, alone, sentence, schema } of REFUSED) {
    const release = { files: alone ? [] : [MINIMAL], values };
    for (const [index, helm] of HELMS.entries()) {
      test(`are refused because ${because}: by ${helm} with the schema`, () => {
        assertSays(refusal({ ...release, helm }), schema?.[index] ?? sentence);
      });
      test(`are refused because ${because}: by ${helm} without it`, () => {
        assertSays(refusal({ ...release, helm, more: ['--skip-schema-validation'] }), sentence);
      });
    }
  }

  for (const [what, values, ...said] of MISSPELT) {
    for (const [index, helm] of HELMS.entries()) {
      test(`are refused because ${what} is misspelt: by ${helm}`, () => {
        assertSays(refusal({ files: [MINIMAL], values, helm }), said[index] ?? '');
      });
    }
  }

  for (const [path, values, wanted] of MISPLACED) {
    for (const helm of HELMS) {
      test(`are refused because ${path} is ${JSON.stringify(values)}: by ${helm}`, () => {
        assert.match(
          refusal({ files: [MINIMAL], values, helm }),
          /values don't meet the specifications of the schema|must be a mapping/,
        );
        const said = refusal({ files: [MINIMAL], values, helm, more: ['--skip-schema-validation'] });
        assertSays(said, `- ${path}: must be a ${wanted}, as in \`${path}: `);
        assert.doesNotMatch(said.replaceAll(/^.*WARNING.*$/gim, ''), /canary|can't evaluate|wrong type/);
      });
    }
  }

  test('are told all at once', () => {
    const values = {
      image: IMAGE,
      replicaCount: 0,
      config: { instance: 'a' },
      registries: { Bad: { kind: 'eureka' } },
    };
    const said = refusal({ values, more: ['--skip-schema-validation'] });
    assert.equal(said.match(/^- /gm)?.length, 4, said);
  });

  test('never show a password', () => {
    const inKey = eureka({ auth: { username: 'payments', password: 'canary' } });
    assert.doesNotMatch(refusal({ files: [MINIMAL], values: inKey }), /canary/);
    const inAddress = eureka({ urls: ['http://payments:canary@eureka:8761/eureka'] });
    for (const values of [inKey, inAddress]) {
      assert.doesNotMatch(refusal({ files: [MINIMAL], values, more: ['--skip-schema-validation'] }), /canary/);
    }
  });

  test('do not include what a chart that has this one as a part hands on', () => {
    assert.match(template({ files: [MINIMAL], values: { global: { anything: 1 } } }), /kind: Deployment/);
  });
});

function assertSays(said: string, expected: string): void {
  assert.equal(said.includes(expected), true, `${said}\nshould say\n${expected}`);
}
